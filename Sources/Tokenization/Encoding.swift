/// A text as the token ids a network reads.
public struct Encoding: Equatable, Sendable {
  /// The ids, special tokens included.
  public var ids: [Int32]
  /// Whether the text had more tokens than were kept.
  public var isTruncated: Bool
}
