public import Datasets

/// How one item of a dataset differs between two revisions.
public struct ItemChange: Hashable, Sendable {
  /// What became of an item.
  public enum Kind: String, Sendable {
    case added, changed, removed
  }

  /// What the item held; nil where it was not there.
  public let before: Item?
  /// What it holds since.
  public let after: Item?

  /// The name by which the dataset knows the item.
  public var id: String { (after ?? before)?.id ?? "" }

  /// What became of it.
  public var kind: Kind { before == nil ? .added : after == nil ? .removed : .changed }

  /// The tasks whose answers differ, by name.
  public var tasks: [String] {
    let (before, after) = (before?.labels ?? [:], after?.labels ?? [:])
    return Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
  }
}
