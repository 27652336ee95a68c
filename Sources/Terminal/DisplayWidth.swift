extension String {
  /// How many columns a terminal shows the text in: none for combining marks, two for East Asian wide
  /// characters and emoji.
  public var displayWidth: Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text cut to at most `width` columns, ending in `…` where something was cut off.
  public func cut(to width: Int) -> String {
    guard displayWidth > width else { return self }
    guard width > 0 else { return "" }
    var room = width - 1
    let head = prefix { character in
      room -= character.displayWidth
      return room >= 0
    }
    return head + "…"
  }
}

extension Character {
  fileprivate var displayWidth: Int {
    let isEmoji = unicodeScalars.contains {
      $0.properties.isEmojiPresentation || $0 == Unicode.Scalar.emojiSelector
    }
    return isEmoji ? 2 : unicodeScalars.reduce(0) { $0 + $1.displayWidth }
  }
}

extension Unicode.Scalar {
  /// VARIATION SELECTOR-16, which asks for the emoji form of the character before it.
  fileprivate static let emojiSelector: Unicode.Scalar = "\u{FE0F}"

  /// The width of the scalar standing alone.
  var displayWidth: Int {
    if value < 0x300 { return 1 }
    if isZeroWidth { return 0 }
    return properties.isEmojiPresentation || Self.wide.contains(where: { $0.contains(value) }) ? 2 : 1
  }

  private var isZeroWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    case .format: !Self.signs.contains(value)
    // Vowels and finals of Hangul, which the two columns of the leading consonant hold; its filler holds them
    // as well.
    case .otherLetter where (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value): true
    default: properties.isDefaultIgnorableCodePoint && value != 0x115F
    }
  }

  /// The format characters that are seen: signs before a number or a name, as Arabic has them.
  private static let signs: Set<UInt32> = [
    0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
  ]

  /// Where the scalars of East Asian width W or F are, beside those with emoji presentation (Unicode Standard
  /// Annex 11).
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
    0x3250...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1D300...0x1D376, 0x1F200...0x1F265,
    0x20000...0x3FFFD,
  ]
}
