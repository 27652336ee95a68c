public import Digests
internal import Foundation
public import Heads
public import Storage

/// One immutable training result: what was asked for, what it was learnt from, and how well it does.
public struct HeadVersion: Sendable {
  /// What the store keeps of it.
  let record: HeadVersionRecord
  /// The aliases that pointed at it when it was read; they move, the version stays.
  public let aliases: [String]
  /// What had been said of it by then.
  public let annotations: HeadAnnotations
  /// What decided the training, beside the data.
  public let specification: HeadSpecification
  /// What was measured.
  public let metrics: HeadMetrics
  /// What it was trained with.
  public let environment: HeadEnvironment

  /// The head's name.
  public var head: String { record.head }
  /// 1, 2, … in each head.
  public var number: Int { record.version }
  /// The version of the same head that it was made from, if it was made from one.
  public var parent: Int? { record.parent }
  /// Its reference: `HEAD@3`.
  public var reference: HeadReference { HeadReference(head, .number(number)) }
  /// SHA-256 over specification, fingerprint, rows and weights.
  public var digest: SHA256Digest { record.digest }
  /// The task that it answers.
  public var task: String { record.task }
  /// The name that its backbone had.
  public var backbone: String { record.backbone }
  /// The fingerprint of its backbone, without whose features it does not answer.
  public var fingerprint: SHA256Digest { record.fingerprint }
  /// The dataset it was trained on.
  public var dataset: String { record.dataset }
  /// The revision of that dataset.
  public var revision: Int { record.revision }
  /// The dataset that it is for, and the revision of it that it was measured on: what it was adapted to, or else trained on.
  var served: (dataset: String, revision: Int) {
    specification.adaptation.map { ($0.target, $0.revision) } ?? (dataset, revision)
  }
  /// SHA-256 over the ids, contents and labels of its rows.
  public var rowsDigest: SHA256Digest { record.rowsDigest }
  /// When it was trained: ISO 8601, UTC.
  public var created: String { record.created }

  init(
    _ record: HeadVersionRecord, aliases: [AliasEntry], annotations: [Int: HeadAnnotations] = [:]
  ) throws {
    self.record = record
    self.annotations = annotations[record.version] ?? HeadAnnotations()
    self.aliases = aliases.filter { $0.version == record.version }.map(\.alias)
    func decoded<Value: Decodable>(_ json: String, _ what: String) throws -> Value {
      do {
        return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
      } catch {
        throw FirnError.damagedHead(
          head: record.head, version: record.version, reason: "its \(what) cannot be read")
      }
    }
    specification = try decoded(record.specification, "specification")
    metrics = try decoded(record.metrics, "metrics")
    environment = try decoded(record.environment, "environment")
  }

  /// Throws ``FirnError/trainingUnknown(head:)`` where it was imported: then nothing tells which rows it was trained on.
  func checkTrainingIsKnown() throws(FirnError) {
    guard specification.imported == nil else { throw .trainingUnknown(head: reference) }
  }
}

/// What a head was trained with. The kernels give the same bits everywhere; another BLAS, or the same on another kind of
/// processor, may round a double differently, and then training again gives other bytes.
public struct HeadEnvironment: Sendable, Codable, Hashable {
  /// The version of Firn.
  public let firn: String
  /// The form of the float kernels.
  public let kernels: String
  /// The library and processor kernels that took the double-precision products.
  public let blas: String
  /// How long the training took.
  public let seconds: Double
}
