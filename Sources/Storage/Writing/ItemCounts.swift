/// What became of the items of a batch.
public struct ItemCounts: Hashable, Sendable {
  /// Items that the dataset did not have.
  public var added = 0
  /// Items whose content, metadata or labels differ from what they were.
  public var changed = 0
  /// Items that are as they were.
  public var unchanged = 0
  /// Items that this revision had added or changed already, and that differ again: the last one counts.
  public var replaced = 0

  /// No items.
  public init() {}

  /// The counts of both.
  public static func + (left: ItemCounts, right: ItemCounts) -> ItemCounts {
    var sum = left
    sum += right
    return sum
  }

  /// Adds the counts of another batch.
  public static func += (left: inout ItemCounts, right: ItemCounts) {
    left.added += right.added
    left.changed += right.changed
    left.unchanged += right.unchanged
    left.replaced += right.replaced
  }
}
