/// The numbers by which a store knows an item and what it holds: all that is needed of the many items that are searched, until
/// a few of them are found. Neither ever changes its meaning.
public struct ItemNumbers: Hashable, Sendable {
  /// The item's number, by which its id is asked for.
  public let item: Int64
  /// The number of its content, by which vectors and texts are asked for.
  public let content: Int64

  static let columns = "item.id, item_state.content"
  static let columnCount = 2

  init(item: Int64, content: Int64) {
    (self.item, self.content) = (item, content)
  }

  init(_ row: Statement) {
    item = row.integer(0)
    content = row.integer(1)
  }
}
