/// Finds added tokens in a text, from left to right, the longest first.
struct AddedTokenMatcher: Sendable {
  /// A part of the text: a token, or what lies between tokens.
  enum Segment: Equatable {
    case token(id: Int32)
    case text(Range<Int>)
  }

  /// How far a text has been split.
  struct Cursor {
    /// Where the next match is looked for.
    fileprivate var searched = 0
    /// The end of the last segment.
    fileprivate var consumed = 0
    /// The token whose preceding text was just handed out.
    fileprivate var waiting: (id: Int32, end: Int)?
  }

  private var tokens: [AddedToken] = []
  /// From a token's text to its index in `tokens`.
  private var patterns = TokenTable()
  /// By byte: whether a pattern starts with it.
  private var starts = [Bool](repeating: false, count: 256)

  /// Whether there is nothing to look for.
  var isEmpty: Bool { tokens.isEmpty }

  /// Looks for `pattern` as `token`; false when another token has the same pattern.
  mutating func insert(_ pattern: [UInt8], for token: AddedToken) -> Bool {
    // The original never matches an empty pattern.
    guard let first = pattern.first else { return true }
    starts[Int(first)] = true
    tokens.append(token)
    return patterns.insert(pattern.span, id: Int32(tokens.count - 1)) == nil
  }

  /// The next segment of `text`, or nil at its end. A text segment is never empty.
  func nextSegment(in text: Span<UInt8>, at cursor: inout Cursor) -> Segment? {
    if let (id, end) = cursor.waiting {
      cursor.waiting = nil
      cursor.consumed = end
      return .token(id: id)
    }
    while let (range, token) = nextMatch(in: text, from: cursor.searched) {
      cursor.searched = range.upperBound
      if token.isSingleWord, adjoinsWord(range, in: text) { continue }
      var start = range.lowerBound
      var end = range.upperBound
      if token.stripsLeft { start = startOfWhitespace(in: text, before: start, downTo: cursor.consumed) }
      if token.stripsRight { end = endOfWhitespace(in: text, after: end) }
      if cursor.consumed < start {
        cursor.waiting = (token.id, end)
        return .text(cursor.consumed..<start)
      }
      cursor.consumed = end
      return .token(id: token.id)
    }
    cursor.searched = text.count
    guard cursor.consumed < text.count else { return nil }
    defer { cursor.consumed = text.count }
    return .text(cursor.consumed..<text.count)
  }

  private func nextMatch(in text: Span<UInt8>, from start: Int) -> (Range<Int>, AddedToken)? {
    if isEmpty { return nil }
    for position in start..<max(start, text.count) where starts[Int(text[position])] {
      if let match = patterns.longestMatch(in: text, position..<text.count) {
        return (position..<match.end, tokens[Int(match.id)])
      }
    }
    return nil
  }

  private func adjoinsWord(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    if range.lowerBound > 0, text.scalar(before: range.lowerBound).isWordCharacter { return true }
    var end = range.upperBound
    return end < text.count && text.scalar(at: &end).isWordCharacter
  }

  /// At least `limit`, unless `position` itself lies before it.
  private func startOfWhitespace(in text: Span<UInt8>, before position: Int, downTo limit: Int) -> Int {
    var start = position
    while start > limit, case let scalar = text.scalar(before: start), scalar.isWhitespace {
      start -= scalar.utf8.count
    }
    return start
  }

  private func endOfWhitespace(in text: Span<UInt8>, after position: Int) -> Int {
    var end = position
    var next = position
    while next < text.count, text.scalar(at: &next).isWhitespace { end = next }
    return end
  }
}
