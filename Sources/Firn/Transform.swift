public import Digests
internal import Foundation
internal import JSON
internal import Storage

/// What was learnt between the features of a source and a target, so that heads that learn from the one serve the other. It never changes.
public struct Transform: Sendable {
  /// What was measured when a transform was learnt.
  public struct Metrics: Sendable, Hashable, Codable {
    /// How many texts of the source it was learnt from.
    public let sourceRows: Int
    /// How many of the target.
    public let targetRows: Int
    /// ‖C_s − C_t‖²/4d² of the covariances as they were, and with the transform.
    public let coral: Change?
    /// The squared Fréchet distance as it was, and with the transform.
    public let frechet: Change?
    /// How many rows that count once would tell as much as the source's rows do, where these are weighted.
    public let effectiveRows: Double?
    /// How near a stitch comes to the other backbone's features.
    public let stitch: Fidelity?

    enum CodingKeys: String, CodingKey {
      case coral, frechet, stitch
      case sourceRows = "source_rows"
      case targetRows = "target_rows"
      case effectiveRows = "effective_rows"
    }
  }

  /// A figure before and after.
  public struct Change: Sendable, Hashable, Codable {
    /// Without the transform.
    public let before: Double
    /// With it.
    public let after: Double
  }

  /// How near what a stitch makes of one backbone's features comes to the other's, on texts that it was not learnt from.
  public struct Fidelity: Sendable, Hashable, Codable {
    /// How many texts were held out.
    public let rows: Int
    /// The share of the variance that is explained; nil where there is none.
    public let explained: Double?
    /// The mean cosine between what a text is mapped to and what it should be.
    public let cosine: Double
    /// Of the nearest ten of a text that the new backbone embeds, the share that is found among mapped features of the others.
    public let recall: Double
    /// The share that the old backbone finds, which embeds both.
    public let oldRecall: Double

    enum CodingKeys: String, CodingKey {
      case rows, explained, cosine, recall
      case oldRecall = "old_recall"
    }
  }

  /// What the store keeps of it.
  let record: TransformRecord
  /// What decided it, beside the features.
  public let specification: TransformSpecification
  /// What was measured.
  public let metrics: Metrics

  /// Its name.
  public var name: String { record.name }
  /// 1, 2, … in each name.
  public var version: Int { record.version }
  /// NAME@VERSION.
  public var reference: TransformReference { TransformReference(name: name, version: version) }
  /// SHA-256 over specification, both fingerprints and weights.
  public var digest: SHA256Digest { record.digest }
  /// The name that the backbone had whose features it takes.
  public var fromBackbone: String { record.fromBackbone }
  /// The name that the backbone had whose features it gives.
  public var toBackbone: String { record.toBackbone }
  /// Whether it leads from one backbone to another.
  var isStitch: Bool { TransformSpecification.Method.stitches.contains(specification.method) }
  /// Whence it leads, and where to.
  var course: String {
    let own = specification
    return isStitch
      ? "from the features of “\(fromBackbone)” to those of “\(toBackbone)”"
      : Self.course(
        from: own.source.dataset, to: own.target.dataset, with: fromBackbone, for: own.task)
  }
  /// When it was learnt: ISO 8601, UTC.
  public var created: String { record.created }

  /// Whence an alignment leads, and where to.
  static func course(from source: String, to target: String, with backbone: String, for task: String?)
    -> String
  {
    "from “\(source)” to “\(target)” by “\(backbone)”" + (task.map { " for the task “\($0)”" } ?? "")
  }

  /// A transform that is stored.
  ///
  /// - Throws: ``FirnError/damagedTransform(_:reason:)``.
  init(_ record: TransformRecord) throws(FirnError) {
    do {
      let decoder = JSONDecoder()
      specification = try decoder.decode(TransformSpecification.self, from: Data(record.specification.utf8))
      metrics = try decoder.decode(Metrics.self, from: Data(record.metrics.utf8))
    } catch {
      throw .damagedTransform(
        TransformReference(name: record.name, version: record.version),
        reason: "its specification or metrics cannot be read")
    }
    self.record = record
  }
}

extension TransformRecord {
  /// What names a transform's content: SHA-256 over specification, both fingerprints and weights.
  static func digest(
    specification: String, from: SHA256Digest, to: SHA256Digest, weights: [UInt8]
  ) -> SHA256Digest {
    var hasher = SHA256()
    hasher.update(specification.utf8.count)
    hasher.update(specification)
    hasher.update(from.bytes)
    hasher.update(to.bytes)
    hasher.update(weights)
    return hasher.finalize()
  }
}

extension StoreReader {
  /// What a transform does, whose bytes are those that were stored.
  ///
  /// - Throws: ``FirnError/damagedTransform(_:reason:)``.
  func effect(of transform: Transform) throws -> TransformEffect {
    let (record, weights) = (transform.record, try weights(of: transform.record))
    let digest = TransformRecord.digest(
      specification: record.specification, from: record.fromFingerprint, to: record.toFingerprint,
      weights: weights)
    guard digest == record.digest else {
      throw FirnError.damagedTransform(
        transform.reference, reason: "its content is not what its digest names")
    }
    do {
      return try TransformEffect(bytes: weights)
    } catch {
      throw FirnError.damagedTransform(transform.reference, reason: "\(error)")
    }
  }

  /// The version of a transform that a reference means.
  func transform(_ reference: TransformReference) throws -> Transform {
    try Transform(transform(named: reference.name, version: reference.version))
  }
}
