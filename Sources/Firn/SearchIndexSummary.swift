/// What an index of nearest neighbours is, and how good.
public struct SearchIndexSummary: Sendable, Hashable, Codable {
  /// Whether it is used.
  public enum State: String, Sendable, Codable {
    /// It answers searches in the dataset's newest revision.
    case current
    /// It is of an older revision; searches are exact until it is built.
    case outdated
    /// Its building was interrupted; building it goes on.
    case unfinished
    /// It is not as it was written; building makes it anew.
    case damaged
  }

  /// The dataset.
  public let dataset: String
  /// The backbone.
  public let backbone: String
  /// Whether it is used.
  public let state: State
  /// The dataset's revision that it is of.
  public internal(set) var revision: Int?
  /// How many different texts are in it.
  public internal(set) var contents: Int?
  /// What its codes take in the store.
  public internal(set) var bytes: Int?
  /// How many vectors are scored to find ten neighbours.
  public internal(set) var candidates: Int?
  /// The share of the ten nearest that was found for queries from among the vectors, when it was built.
  public internal(set) var recallInside: Double?
  /// The same for queries in any direction.
  public internal(set) var recallOutside: Double?

  enum CodingKeys: String, CodingKey {
    case dataset, backbone, state, revision, contents, bytes, candidates
    case recallInside = "recall_inside"
    case recallOutside = "recall_outside"
  }
}
