internal import LinearAlgebra
internal import Storage
internal import Transfer

/// A stitch in use: the features of one backbone where those of another are missing.
struct BackboneStitch: Sendable {
  /// Its name and version.
  let reference: TransformReference
  /// Whose features it takes.
  let source: BackboneRecord
  /// What it makes of them.
  let map: FeatureMap
}

extension StoreReader {
  /// The stitch that a reference means, which must lead to a backbone.
  ///
  /// - Throws: ``FirnError/otherTransform(_:leads:asked:)``, ``FirnError/damagedTransform(_:reason:)``; `StoreError.notFound` when it is not
  ///   there, or the backbone that it leads from.
  func stitch(_ reference: TransformReference, to backbone: BackboneRecord) throws -> BackboneStitch {
    let transform = try transform(reference)
    guard transform.isStitch, transform.record.toFingerprint == backbone.fingerprint,
      case .map(let map) = try effect(of: transform)
    else {
      throw FirnError.otherTransform(
        transform.reference, leads: transform.course,
        asked: "from another backbone's features to those of “\(backbone.name)”")
    }
    guard let source = try self.backbone(fingerprint: transform.record.fromFingerprint) else {
      throw StoreError.notFound(what: "backbone", name: transform.fromBackbone, near: [])
    }
    return BackboneStitch(reference: transform.reference, source: source, map: map)
  }
}

extension Store {
  /// The vectors of `contents` by a backbone, one a row; through a stitch to it, where there is one, those that it has not made. And how
  /// many these are.
  ///
  /// - Throws: `StoreError` when some are missing on both sides or not as they were written.
  func features(
    of contents: [Int64], by backbone: BackboneRecord, through stitch: BackboneStitch?
  ) throws -> (features: Matrix<Float>, mapped: Int) {
    guard let stitch else { return (try features(of: contents, by: backbone), 0) }
    let known = try reader().embeddedContents(among: contents, by: backbone)
    let others = contents.filter { !known.contains($0) }
    guard !others.isEmpty else { return (try features(of: contents, by: backbone), 0) }
    let own = try features(of: contents.filter(known.contains), by: backbone)
    let mapped = try stitch.map(features(of: others, by: stitch.source), threads: threads)
    var elements: [Float] = []
    elements.reserveCapacity(contents.count * backbone.dimension)
    var (ownRow, mappedRow) = (0, 0)
    for content in contents {
      if known.contains(content) {
        elements += own.row(ownRow)
        ownRow += 1
      } else {
        elements += mapped.row(mappedRow)
        mappedRow += 1
      }
    }
    return (
      Matrix(rows: contents.count, columns: backbone.dimension, elements: elements), others.count
    )
  }
}
