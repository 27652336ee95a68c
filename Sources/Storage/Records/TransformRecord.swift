public import Digests

/// What was learnt between two sets of features, as the store keeps it, without its weights: ``StoreReader/weights(of:)`` reads those.
public struct TransformRecord: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The digest of specification, both fingerprints and weights.
  public var digest: SHA256Digest
  /// Method, settings, source and target, as a JSON object.
  public var specification: String
  /// The name that the backbone had whose features it takes.
  public var fromBackbone: String
  /// The fingerprint of that backbone.
  public var fromFingerprint: SHA256Digest
  /// The name that the backbone had whose features it gives.
  public var toBackbone: String
  /// The fingerprint of that backbone.
  public var toFingerprint: SHA256Digest
  /// What was measured, as a JSON object.
  public var metrics: String
  /// 1, 2, … in each name; 0 before it is stored.
  public var version = 0
  /// When it was stored: ISO 8601, UTC; empty before it is.
  public var created = ""

  /// A transform that is about to be stored; the store gives it its number.
  public init(
    name: String, digest: SHA256Digest, specification: String, from: (backbone: String, SHA256Digest),
    to: (backbone: String, SHA256Digest), metrics: String
  ) {
    (self.name, self.digest, self.specification, self.metrics) = (name, digest, specification, metrics)
    (fromBackbone, fromFingerprint) = from
    (toBackbone, toFingerprint) = to
  }

  static let selection = """
    SELECT name, digest, specification, from_backbone, from_fingerprint, to_backbone, to_fingerprint, metrics, version, created
    FROM transform
    """

  init(_ row: Statement) throws {
    name = row.text(0)
    digest = try row.digest(1)
    specification = row.text(2)
    (fromBackbone, fromFingerprint) = (row.text(3), try row.digest(4))
    (toBackbone, toFingerprint) = (row.text(5), try row.digest(6))
    metrics = row.text(7)
    version = row.int(8)
    created = row.text(9)
  }
}
