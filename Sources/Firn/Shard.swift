internal import Digests

/// One of several parts of an input that have no item in common, so that each can be extracted on a machine of its own and the stores
/// be merged. An item's id alone decides which part it is in, and so do all programs that know the rule: the first eight bytes of
/// the SHA-256 of the id, as a big-endian number, modulo the number of parts.
public struct Shard: Sendable, Hashable {
  /// Which part, from 1.
  public let number: Int
  /// How many parts there are.
  public let count: Int

  /// All of the input.
  public static let whole = Shard(uncheckedNumber: 1, of: 1)

  /// Part `number` of `count`; nil unless there is such a part.
  public init?(_ number: Int, of count: Int) {
    guard count >= 1, (1...count).contains(number) else { return nil }
    self.init(uncheckedNumber: number, of: count)
  }

  private init(uncheckedNumber number: Int, of count: Int) {
    (self.number, self.count) = (number, count)
  }

  /// Whether the item with this id is in this part.
  public func holds(_ id: String) -> Bool {
    if count == 1 { return true }
    let key = SHA256Digest(of: id).bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return key % UInt64(count) == UInt64(number - 1)
  }
}
