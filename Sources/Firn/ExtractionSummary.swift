/// What an extraction did with a backbone. `items` is `extracted` + `reused` + `duplicates`.
public struct ExtractionSummary: Sendable, Hashable, Codable {
  /// The dataset.
  public let dataset: String
  /// The backbone.
  public let backbone: String
  /// The dataset's newest revision: a new one if anything changed; 0 where there is none at all.
  public internal(set) var revision = 0
  /// Rows that were taken.
  public internal(set) var items = 0
  /// Texts that were embedded now.
  public internal(set) var extracted = 0
  /// Rows whose text had been embedded before this extraction.
  public internal(set) var reused = 0
  /// Rows whose text an earlier row of this extraction had.
  public internal(set) var duplicates = 0
  /// Rows that were not taken.
  public internal(set) var rejected = 0
  /// Items that the dataset did not have.
  public internal(set) var added = 0
  /// Items whose text, metadata or labels differ from what they were.
  public internal(set) var changed = 0
  /// Items that the dataset had and the input has no more, where these are pruned.
  public internal(set) var removed = 0
  /// Rows that took the place of an earlier row of this extraction with the same id.
  public internal(set) var replaced = 0
  /// Tokens of the texts that were embedded now.
  public internal(set) var tokens = 0
  /// Texts embedded now that were longer than the backbone reads.
  public internal(set) var truncated = 0
  /// How long it took.
  public internal(set) var seconds = 0.0
}

/// How far an extraction has come.
public struct ExtractionProgress: Sendable, Hashable {
  /// Bytes of the input behind what is embedded.
  public let bytesRead: Int
  /// Bytes of the input, where that is known.
  public let totalBytes: Int?
  /// Rows taken and committed.
  public let items: Int
  /// Tokens embedded and committed, by all backbones together.
  public let tokens: Int
}
