/// `vocab.txt`: a token a line, whose id is the line's number, counted from 0.
enum VocabularyFile {
  static let name = "vocab.txt"

  static func vocabulary(_ file: ModelFile) throws(TokenizationError) -> Vocabulary {
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      throw .invalid(file: file.path, key: "text", reason: "it is not valid UTF-8")
    }
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var vocabulary = Vocabulary(count: lines.count)
    for (id, line) in lines.enumerated() {
      vocabulary.insert(trimmed(line), id: Int32(id))
    }
    return vocabulary
  }

  /// The line without whitespace at its end, as the original reads it.
  private static func trimmed(_ line: Substring.UTF8View) -> String {
    var scalars = Substring(line).unicodeScalars
    while let last = scalars.last, last.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
