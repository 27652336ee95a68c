extension String {
  /// The text with all that could drive a terminal made visible, so that data cannot move the cursor, change
  /// colours or turn the direction of writing: control characters as their pictures (`␛`, `␊`), others as
  /// `�`.
  public var visible: String {
    guard unicodeScalars.contains(where: \.drivesTerminal) else { return self }
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars { text.append(scalar.drivesTerminal ? scalar.picture : scalar) }
    return String(text)
  }
}

extension Unicode.Scalar {
  fileprivate var drivesTerminal: Bool {
    switch value {
    case 0x00..<0x20, 0x7F..<0xA0: true
    // Line and paragraph separators; embeddings, overrides and isolates of the writing direction.
    case 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// What is shown instead.
  fileprivate var picture: Unicode.Scalar {
    switch value {
    case 0x00..<0x20: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    default: "\u{FFFD}"
    }
  }
}
