public import Digests

/// One training result as the store keeps it, without its weights: ``StoreReader/weights(of:)`` reads those.
public struct HeadVersionRecord: Hashable, Sendable {
  /// The head's name.
  public let head: String
  /// 1, 2, … in each head.
  public let version: Int
  /// The version of the same head that it was made from, if it was made from one.
  public let parent: Int?
  /// The name of the task that the head answers.
  public let task: String
  /// The digest of specification, fingerprint, rows and weights.
  public let digest: SHA256Digest
  /// Method, hyperparameters, seed and split, as a JSON object.
  public let specification: String
  /// The name that the backbone had.
  public let backbone: String
  /// The fingerprint of the backbone, without whose features the head refuses to answer.
  public let fingerprint: SHA256Digest
  /// The name of the dataset it was trained on.
  public let dataset: String
  /// The revision of that dataset.
  public let revision: Int
  /// The digest of the ids, contents and labels used.
  public let rowsDigest: SHA256Digest
  /// What was measured, as a JSON object.
  public let metrics: String
  /// What it was trained with, as a JSON object.
  public let environment: String
  /// When it was trained: ISO 8601, UTC.
  public let created: String

  static let selection = """
    SELECT head.name, head_version.version, task.name, head_version.digest, head_version.specification,
      head_version.backbone, head_version.fingerprint, dataset.name, head_version.revision,
      head_version.rows_digest, head_version.metrics, head_version.environment, head_version.created,
      head_version.parent
    FROM head_version
    JOIN head ON head.id = head_version.head
    JOIN task ON task.id = head.task
    JOIN dataset ON dataset.id = head_version.dataset
    """

  init(_ row: Statement) throws {
    head = row.text(0)
    version = row.int(1)
    task = row.text(2)
    digest = try row.digest(3)
    specification = row.text(4)
    backbone = row.text(5)
    fingerprint = try row.digest(6)
    dataset = row.text(7)
    revision = row.int(8)
    rowsDigest = try row.digest(9)
    metrics = row.text(10)
    environment = row.text(11)
    created = row.text(12)
    parent = row.isNull(13) ? nil : row.int(13)
  }
}
