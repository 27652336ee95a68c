/// Which items of a dataset say almost the same, by their vectors.
public struct DuplicateReview: Sendable, Hashable, Encodable {
  /// The dataset.
  public let dataset: String
  /// The revision that was looked at.
  public let revision: Int
  /// The cosine from which on two items are alike.
  public let threshold: Double
  /// How many items were compared.
  public let items: Int
  /// How many items could go, if one of each group stayed.
  public let redundant: Int
  /// The groups, the largest first, of equals by their first items.
  public let groups: [Group]

  /// Items that lead to one another by pairs that are alike. The first and the last need not be.
  public struct Group: Sendable, Hashable, Encodable {
    /// The least cosine of an item of another text and the first; 1 where all have one text.
    public let least: Double
    /// The items, in the order of the bytes of their ids.
    public let items: [Member]
  }

  /// An item of a group.
  public struct Member: Sendable, Hashable, Encodable {
    /// The item.
    public let id: String
    /// Its text.
    public let text: String
  }
}
