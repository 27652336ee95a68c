/// Unicode as the original tokenizer knows it. Its tables are older than the standard library's, and a model
/// was trained on text split by them, so a scalar that is younger than a table must look unassigned here too.
extension Unicode.Scalar {
  /// Whether the scalar is assigned in version `major.minor` of Unicode.
  private func isAssigned(inUnicode major: Int, _ minor: Int) -> Bool {
    guard let age = properties.age else { return false }
    return (age.major, age.minor) <= (major, minor)
  }

  /// White_Space, which has not changed since Unicode 6.3. Listed, for the property costs a search.
  var isWhitespace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Control, format and private use in Unicode 8.
  var isControlLike: Bool {
    switch properties.generalCategory {
    case .control, .format, .privateUse: isAssigned(inUnicode: 8, 0)
    default: false
    }
  }

  /// A nonspacing mark in Unicode 8.
  var isNonspacingMark: Bool {
    switch value {
    case ..<0x300: false
    case 0x1734, 0x1171E: true  // spacing marks since
    case 0x1885, 0x1886, 0xA9BD, 0x111C9: false  // letters, a spacing mark and punctuation then
    default: properties.generalCategory == .nonspacingMark && isAssigned(inUnicode: 8, 0)
    }
  }

  /// Punctuation in Unicode 8, and all of ASCII that is neither a letter, a digit, a space nor a control.
  var isPunctuation: Bool {
    switch value {
    case ..<0x80: return UInt8(truncatingIfNeeded: value).isASCIIPunctuation
    case 0x166D, 0x111C9: return true  // a symbol and a mark since
    default: break
    }
    switch properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      return isAssigned(inUnicode: 8, 0)
    default:
      return false
    }
  }

  /// Whether canonical decomposition and ordering know the scalar; theirs is Unicode 9.
  var isKnownToNormalization: Bool {
    isAssigned(inUnicode: 9, 0)
  }

  /// The ideograph blocks that BERT isolates. The seventh range starts 256 scalars late in the original.
  var isChinese: Bool {
    switch value {
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
      0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// What `\w` matches in the regular expressions of Unicode 16 (UTS #18, annex C).
  var isWordCharacter: Bool {
    let isWord =
      switch properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
      default: properties.isAlphabetic || properties.isJoinControl
      }
    return isWord && isAssigned(inUnicode: 16, 0)
  }
}

extension UInt8 {
  /// Tab, line feed, vertical tab, form feed, carriage return and space.
  var isASCIIWhitespace: Bool {
    self == 0x20 || 0x09...0x0D ~= self
  }

  /// `!` to `/`, `:` to `@`, `[` to `` ` `` and `{` to `~`.
  var isASCIIPunctuation: Bool {
    switch self {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
