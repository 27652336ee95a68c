/// How far a backbone has read a dataset.
public struct EmbeddingCoverage: Hashable, Sendable {
  /// How many items there are.
  public let items: Int
  /// How many of them have a vector.
  public let embedded: Int
  /// How many tokens the backbone read for those, special tokens included.
  public let tokens: Int
  /// How many of those texts were longer than the backbone reads.
  public let truncated: Int
}
