internal import Foundation
internal import Heads
internal import JSON
internal import Storage
internal import TensorFiles

extension Store {
  /// Takes an exported head into the store as the next version of a head, and measures it on the labelled items of a dataset.
  ///
  /// The bytes are kept as they are. A description beside the archive, as ``exportHead(_:to:)`` writes it, says which backbone's features
  /// the head reads and where it comes from. What the head was trained on is not known here: all rows are measured, and some may be among
  /// those that it learnt from.
  ///
  /// - Parameters:
  ///   - file: The archive, a safetensors file.
  ///   - head: The head's name; made with its first version and bound to the task.
  ///   - task: The task that it answers.
  ///   - dataset: Whose labelled items it is measured on.
  ///   - backbone: Whose features it reads; nil for the one that the description names. Where that names one, any other is refused.
  ///   - revision: The revision of the dataset; nil for the newest.
  /// - Returns: The new version.
  /// - Throws: `HeadError.archive` when the file is not a head's; ``FirnError/headFile(path:problem:)`` when it does not fit the backbone,
  ///   the task or its description; ``FirnError/backboneUnnamed(path:description:)``, ``FirnError/otherBackbone(head:needs:fingerprint:given:)``,
  ///   ``FirnError/backboneMissing(head:needs:fingerprint:)``; `TensorFileError`, and `StoreError` when items are not embedded.
  @discardableResult
  public func importHead(
    _ file: String, as head: String, for task: String, on dataset: String, with backbone: String? = nil,
    at revision: Int? = nil
  ) throws -> HeadVersion {
    let start = ContinuousClock.now
    let mapped = try MappedFile(file)
    guard mapped.bytes.count <= Self.largestHead else {
      throw FirnError.headFile(path: file, problem: "it has more than the 1 GB that a store keeps of a head")
    }
    let weights = mapped.contents
    let archive = try HeadArchive(bytes: weights)
    let description = try HeadDescription(of: file, weights: weights)
    let reader = try reader()
    let (space, rows, features) = try reader.snapshot {
      let space = try Self.backbone(backbone, of: file, described: description, as: head, from: reader)
      guard archive.head.width == space.dimension else {
        throw FirnError.headFile(
          path: file,
          problem:
            "it reads \(archive.head.width) features a row, but the backbone “\(space.name)” gives \(space.dimension)"
        )
      }
      let rows = try TrainingRows(of: task, in: dataset, at: revision, from: reader)
      guard rows.targets.answers.archiveKind == archive.head.answers.archiveKind else {
        throw FirnError.headFile(
          path: file,
          problem:
            "it answers \(archive.head.answers.kind), but the task “\(task)” is \(rows.targets.answers.kind)")
      }
      return (space, rows, try self.features(of: rows.items.map(\.content), by: space))
    }
    let metrics = HeadMetrics(
      trainRows: 0, holdoutRows: rows.items.count, baselineAccuracy: nil,
      holdout: try HeadMeasures(
        of: archive.head, on: features, targets: rows.targets, threads: threads), transfer: nil,
      training: description?.metrics.training ?? .unknown)
    return try append(
      weights, as: HeadSpecification(imported: archive.method, described: description), metrics: metrics,
      of: head, trainedOn: rows, with: space, since: start)
  }

  /// The most bytes of a value that SQLite keeps.
  private static let largestHead = 1_000_000_000

  /// The backbone whose features the head reads.
  private static func backbone(
    _ name: String?, of file: String, described description: HeadDescription?, as head: String,
    from reader: StoreReader
  ) throws -> BackboneRecord {
    guard let needed = description?.backbone else {
      guard let name else {
        throw FirnError.backboneUnnamed(path: file, description: HeadDescription.path(beside: file))
      }
      return try reader.backbone(named: name)
    }
    return try reader.backbone(
      called: needed.name, fingerprint: needed.fingerprint, given: name, for: HeadReference(head))
  }
}

extension HeadSpecification {
  /// That of a head that was learnt elsewhere. Its settings are known where it is described; the split of its rows means nothing here.
  fileprivate init(imported method: HeadMethod, described description: HeadDescription?) {
    let settings = description?.specification
    self.init(
      method: method, penalty: settings?.penalty, neighbours: settings?.neighbours, units: settings?.units,
      holdout: 0, classWeights: settings?.classWeights, standardises: settings?.standardises ?? false,
      smoothing: settings?.smoothing)
    imported =
      description.map {
        HeadOrigin(
          version: "\(HeadReference($0.head, .number($0.version)))", digest: $0.digest.hex,
          dataset: $0.dataset,
          revision: $0.revision)
      } ?? HeadOrigin()
  }
}

extension HeadDescription {
  /// Reads what stands beside an archive of these weights; nil where nothing does.
  fileprivate init?(of archive: String, weights: [UInt8]) throws {
    let path = Self.path(beside: archive)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      self = try JSONDecoder().decode(HeadDescription.self, from: Data(try MappedFile(path).contents))
    } catch is DecodingError {
      throw FirnError.headFile(
        path: archive,
        problem: "“\(path)” beside it is not the description of a head: move it away, or export both again")
    }
    let found = HeadVersionRecord.digest(
      specification: try specification.canonicalJSON(), fingerprint: backbone.fingerprint, rows: rowsDigest,
      weights: weights)
    guard found == digest else {
      throw FirnError.headFile(
        path: archive,
        problem: "it is not what its description, “\(path)”, names: one of them is another's or was changed")
    }
  }
}
