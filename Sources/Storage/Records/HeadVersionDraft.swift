public import Digests

/// A training result that is about to be stored; the store gives it its number.
public struct HeadVersionDraft: Hashable, Sendable {
  /// The head's name.
  public var head: String
  /// The name of the task it answers.
  public var task: String
  /// The digest of specification, fingerprint, rows and weights.
  public var digest: SHA256Digest
  /// Method, hyperparameters, seed and split, as a JSON object.
  public var specification: String
  /// The name of the backbone.
  public var backbone: String
  /// The fingerprint of the backbone.
  public var fingerprint: SHA256Digest
  /// The name of the dataset it was trained on.
  public var dataset: String
  /// The revision of that dataset.
  public var revision: Int
  /// The digest of the ids, contents and labels used.
  public var rowsDigest: SHA256Digest
  /// A safetensors file.
  public var weights: [UInt8]
  /// What was measured, as a JSON object.
  public var metrics: String
  /// What it was trained with, as a JSON object.
  public var environment: String
  /// The version of the same head that it was made from, if it was made from one.
  public var parent: Int?

  /// What an update of the version starts from, where it can have one.
  public var statistics: [UInt8]?

  /// A training result.
  public init(
    head: String, task: String, digest: SHA256Digest, specification: String, backbone: String,
    fingerprint: SHA256Digest, dataset: String, revision: Int, rowsDigest: SHA256Digest, weights: [UInt8],
    metrics: String, environment: String, parent: Int? = nil,
    statistics: [UInt8]? = nil
  ) {
    self.head = head
    self.task = task
    self.digest = digest
    self.specification = specification
    self.backbone = backbone
    self.fingerprint = fingerprint
    self.dataset = dataset
    self.revision = revision
    self.rowsDigest = rowsDigest
    self.weights = weights
    self.metrics = metrics
    self.environment = environment
    self.parent = parent
    self.statistics = statistics
  }
}
