public import Storage

/// Items of a dataset: all, or those that a filter wants.
public struct ItemSelection: Sendable {
  /// The dataset's name.
  public let dataset: String
  /// Its revision; nil for the newest.
  public let revision: Int?
  /// Which of its items; nil for all.
  public let filter: ItemFilter?

  /// Items of a dataset.
  public init(_ dataset: String, at revision: Int? = nil, where filter: ItemFilter? = nil) {
    (self.dataset, self.revision, self.filter) = (dataset, revision, filter)
  }
}
