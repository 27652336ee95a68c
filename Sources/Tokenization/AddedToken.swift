/// A token that is looked for in the text itself, before it is split into words, such as `[SEP]`.
public struct AddedToken: Hashable, Sendable {
  /// The text that stands for the token.
  public var content: String
  /// Its id.
  public var id: Int32 = 0
  /// Whether it is matched only where no letter or digit adjoins it.
  public var isSingleWord = false
  /// Whether it swallows the whitespace on its left.
  public var stripsLeft = false
  /// Whether it swallows the whitespace on its right.
  public var stripsRight = false
  /// Whether it is matched against the normalised text (and its own content normalised too).
  public var isNormalized = false
  /// Whether it is a control token of the model and not text.
  public var isSpecial = false
}
