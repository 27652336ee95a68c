/// BERT's split of normalised text into words: at whitespace, with each punctuation mark a word of its own.
enum PreTokenizer {
  /// A word's place in the text and its length in scalars.
  struct Word: Equatable {
    var bytes: Range<Int>
    var scalarCount: Int
  }

  private enum Kind {
    case letter, whitespace, punctuation
  }

  /// The next word at or after `position`, which moves behind it; nil at the end of the text.
  static func nextWord(in text: Span<UInt8>, from position: inout Int) -> Word? {
    var word = Word(bytes: position..<position, scalarCount: 0)
    while position < text.count {
      let start = position
      switch readKind(in: text, at: &position) {
      case .letter:
        if word.scalarCount == 0 { word.bytes = start..<start }
        word.scalarCount += 1
      case .whitespace:
        guard word.scalarCount == 0 else { return word.ending(at: start) }
      case .punctuation:
        guard word.scalarCount == 0 else {
          position = start
          return word.ending(at: start)
        }
        return Word(bytes: start..<position, scalarCount: 1)
      }
    }
    return word.scalarCount == 0 ? nil : word.ending(at: position)
  }

  private static func readKind(in text: Span<UInt8>, at position: inout Int) -> Kind {
    let byte = text[position]
    if byte < 0x80 {
      position += 1
      return byte.isASCIIWhitespace ? .whitespace : byte.isASCIIPunctuation ? .punctuation : .letter
    }
    let scalar = text.scalar(at: &position)
    return scalar.isWhitespace ? .whitespace : scalar.isPunctuation ? .punctuation : .letter
  }
}

extension PreTokenizer.Word {
  fileprivate func ending(at end: Int) -> Self {
    Self(bytes: bytes.lowerBound..<end, scalarCount: scalarCount)
  }
}
