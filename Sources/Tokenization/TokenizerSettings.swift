/// What decides how text becomes tokens, beside the vocabulary, as resolved from the files of a model.
public struct TokenizerSettings: Hashable, Sendable {
  /// Whether control characters are dropped and every whitespace scalar becomes a space.
  public var cleansText: Bool
  /// Whether every ideograph is a word of its own.
  public var separatesIdeographs: Bool
  /// Whether text is decomposed and its nonspacing marks dropped.
  public var stripsAccents: Bool
  /// Whether text is lowercased.
  public var lowercases: Bool
  /// The token of a word that the vocabulary cannot spell.
  public var unknownToken: String
  /// What marks a token that continues a word (`##`).
  public var continuingPrefix: String
  /// The number of scalars beyond which a word is unknown.
  public var maximumWordLength: Int
  /// Tokens that are matched in the text itself, by ascending id.
  public var addedTokens: [AddedToken]
  /// The ids put before a text (`[CLS]`).
  public var prefix: [Int32]
  /// The ids put after a text (`[SEP]`).
  public var suffix: [Int32]
}
