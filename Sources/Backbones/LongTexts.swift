/// What becomes of a text that has more tokens than a backbone reads at once.
public enum LongTexts: String, Codable, CaseIterable, Sendable {
  /// It is cut at its end.
  case truncate
  /// It is read in windows that overlap by a quarter. Its vector is the mean of theirs, each weighted by its number of tokens.
  case window
  /// It is refused.
  case error
}

/// A text has more tokens than a backbone reads, and the backbone refuses such texts.
public struct LongTextError: Error, Hashable, Sendable {
  /// The text.
  public let text: String
  /// How many tokens it has, special ones and prompt included.
  public let tokens: Int
  /// How many the backbone reads.
  public let limit: Int
}

extension LongTextError: CustomStringConvertible {
  /// What happened, and what mends it.
  public var description: String {
    "the text “\(text.prefix(30))…” has \(tokens) tokens, special ones included, and the backbone refuses more than \(limit): "
      + "shorten it, or add the backbone so that it reads long texts in windows (--on-long window)"
  }
}
