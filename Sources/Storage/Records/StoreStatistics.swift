/// What a store holds, and how much of it nothing needs.
public struct StoreStatistics: Sendable, Hashable, Codable {
  /// The vectors of one backbone.
  public struct Backbone: Sendable, Hashable, Codable {
    /// Its name.
    public let name: String
    /// How many there are.
    public let vectors: Int
    /// How many bytes they have.
    public let bytes: Int
    /// How many are of texts that no dataset holds.
    public let unheld: Int
  }

  /// The size of the file.
  public let bytes: Int
  /// How much of it is free for what comes.
  public let freeBytes: Int
  /// Datasets.
  public let datasets: Int
  /// Items of all datasets, past ones included.
  public let items: Int
  /// Labels, past ones included.
  public let labels: Int
  /// Texts.
  public let texts: Int
  /// Texts that no revision of any dataset holds; a vacuum frees them.
  public let unheldTexts: Int
  /// Versions of all heads.
  public let headVersions: Int
  /// The backbones, by name.
  public let backbones: [Backbone]

  enum CodingKeys: String, CodingKey {
    case bytes
    case freeBytes = "free_bytes"
    case datasets, items, labels, texts
    case unheldTexts = "unheld_texts"
    case headVersions = "head_versions"
    case backbones
  }
}
