public import Digests

/// Vectors that a backbone has just made.
public struct EmbeddingBatch: Sendable {
  /// What the backbone read for one vector.
  public struct Row: Hashable, Sendable {
    /// The digest of the content.
    public var digest: SHA256Digest
    /// How many tokens the backbone read, special tokens included.
    public var tokens: Int
    /// Whether the text was longer than the backbone reads.
    public var truncated: Bool

    /// What the backbone read for one vector.
    public init(digest: SHA256Digest, tokens: Int, truncated: Bool) {
      self.digest = digest
      self.tokens = tokens
      self.truncated = truncated
    }
  }

  /// The backbone that made them.
  public var backbone: BackboneRecord
  /// What each was made of.
  public var rows: [Row]
  /// The vectors: row-major, rows × dimension.
  public var vectors: [Float]

  /// Vectors, one for each of `rows`.
  public init(backbone: BackboneRecord, rows: [Row] = [], vectors: [Float] = []) {
    self.backbone = backbone
    self.rows = rows
    self.vectors = vectors
  }
}
