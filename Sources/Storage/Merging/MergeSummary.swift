/// What came of a merge.
public struct MergeSummary: Sendable, Hashable, Codable {
  /// Contents that are new.
  public internal(set) var contents = 0
  /// Vectors that are new.
  public internal(set) var vectors = 0
  /// Datasets that are new, have new revisions or new items.
  public internal(set) var datasets: [String] = []
  /// Versions of heads that are new.
  public internal(set) var versions = 0

  /// Nothing new.
  public init() {}

  /// Adds what is new of another merge.
  public static func += (left: inout MergeSummary, right: MergeSummary) {
    left.contents += right.contents
    left.vectors += right.vectors
    left.datasets += right.datasets.filter { !left.datasets.contains($0) }
    left.versions += right.versions
  }
}
