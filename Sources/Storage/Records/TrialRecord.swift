public import Digests

/// How heads of one specification did on rows that they had not seen, as the store keeps it.
public struct TrialRecord: Hashable, Sendable {
  /// The name of the head that it was made for.
  public var head: String
  /// The name of the task.
  public var task: String
  /// The specification of the heads and how they were validated, as a JSON object.
  public var specification: String
  /// The name that the backbone had.
  public var backbone: String
  /// The fingerprint of the backbone.
  public var fingerprint: SHA256Digest
  /// The name that the dataset had.
  public var dataset: String
  /// The revision of that dataset.
  public var revision: Int
  /// The digest of the ids, contents, labels and groups used.
  public var rowsDigest: SHA256Digest
  /// The value of each measure on each fold, as a JSON object.
  public var measures: String
  /// How long the heads of all folds took.
  public var seconds: Double
  /// When it was stored: ISO 8601, UTC; nil before it is.
  public var created: String?

  /// A trial.
  public init(
    head: String, task: String, specification: String, backbone: String, fingerprint: SHA256Digest,
    dataset: String, revision: Int, rowsDigest: SHA256Digest, measures: String, seconds: Double
  ) {
    self.head = head
    self.task = task
    self.specification = specification
    self.backbone = backbone
    self.fingerprint = fingerprint
    self.dataset = dataset
    self.revision = revision
    self.rowsDigest = rowsDigest
    self.measures = measures
    self.seconds = seconds
  }

  static let selection = """
    SELECT head, task, specification, backbone, fingerprint, dataset, revision, rows_digest, measures, seconds, created
    FROM trial
    """

  init(_ row: Statement) throws {
    head = row.text(0)
    task = row.text(1)
    specification = row.text(2)
    backbone = row.text(3)
    fingerprint = try row.digest(4)
    dataset = row.text(5)
    revision = row.int(6)
    rowsDigest = try row.digest(7)
    measures = row.text(8)
    guard case .real(let seconds) = row.value(9) else { throw row.damage("a trial that took no time") }
    self.seconds = seconds
    created = row.text(10)
  }
}
