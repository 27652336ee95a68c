/// The items of a dataset in clusters, which became their labels for a task.
public struct DatasetClusters: Sendable, Hashable, Encodable {
  /// The dataset.
  public let dataset: String
  /// The revision that has the labels: a new one if any differs from what it was.
  public let revision: Int
  /// The task.
  public let task: String
  /// How many items there are.
  public let items: Int
  /// The clusters, the largest first.
  public let clusters: [Cluster]
  /// The sum of the squared distances of the vectors from the centres of their clusters.
  public let inertia: Double
  /// The mean silhouette of the items measured, by Euclidean distances from all items.
  public let silhouette: Double
  /// How many items' silhouettes were measured.
  public let measured: Int
  /// How many steps the best run took.
  public let steps: Int
  /// Whether another step would have changed nothing.
  public let converged: Bool

  /// A cluster.
  public struct Cluster: Sendable, Hashable, Encodable {
    /// Its label.
    public let label: String
    /// How many items it has.
    public let size: Int
    /// The mean silhouette of those of its items that were measured; nil where none was.
    public let silhouette: Double?
    /// The id of the item nearest to its centre; nil in a cluster without items.
    public let nearest: String?
    /// That item's text.
    public let text: String?
  }

  /// The label of a cluster, numbered from 0, of `count`: `cluster-01`.
  static func label(_ cluster: Int, of count: Int) -> String {
    let number = "\(cluster + 1)"
    return mark + String(repeating: "0", count: max(2, "\(count)".count) - number.count) + number
  }

  /// Whether a label is one of those that clusters get.
  static func isLabel(_ name: String) -> Bool {
    let digits = name.utf8.dropFirst(mark.utf8.count)
    return name.utf8.starts(with: mark.utf8) && digits.count >= 2
      && digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }

  private static let mark = "cluster-"
}
