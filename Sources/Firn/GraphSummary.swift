/// What was written of a graph of neighbours.
public struct GraphSummary: Sendable, Hashable, Codable {
  /// The dataset.
  public let dataset: String
  /// The revision.
  public let revision: Int
  /// How many items.
  public let items: Int
  /// How many edges.
  public let edges: Int
  /// The file.
  public let file: String
}
