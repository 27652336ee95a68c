/// A word of a filter and where it begins, counted in characters from 1.
struct FilterToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word(String)
    case quoted(String)
    case number(FilterLiteral)
    case symbol(String)
    case end
  }

  let kind: Kind
  let position: Int

  /// The token as an error shows it.
  var description: String {
    switch kind {
    case .word(let word): "“\(word)”"
    case .quoted(let text): "the text “\(text)”"
    case .number: "a number"
    case .symbol(let symbol): "“\(symbol)”"
    case .end: "the end"
    }
  }

  /// The words of `text`; the last one is the end.
  static func all(in text: String) throws(FilterError) -> [FilterToken] {
    var scanner = FilterScanner(text)
    var tokens: [FilterToken] = []
    repeat { tokens.append(try scanner.next()) } while tokens.last?.kind != .end
    return tokens
  }
}

/// Cuts a filter into tokens.
private struct FilterScanner {
  private let characters: [Character]
  private var index = 0

  init(_ text: String) {
    characters = Array(text)
  }

  mutating func next() throws(FilterError) -> FilterToken {
    while let character = current, character.isWhitespace { index += 1 }
    let position = index + 1
    guard let character = current else { return FilterToken(kind: .end, position: position) }
    return FilterToken(kind: try kind(from: character), position: position)
  }

  private var current: Character? { index < characters.count ? characters[index] : nil }

  private mutating func kind(from first: Character) throws(FilterError) -> FilterToken.Kind {
    if first == "'" || first == "\"" { return .quoted(try quoted(by: first)) }
    if first.isNumber || first == "-" || first == "+" { return .number(try number()) }
    if FilterScanner.isPartOfWord(first) { return .word(taking(while: FilterScanner.isPartOfWord)) }
    for symbol in ["<=", ">=", "!=", "<>", "==", "=", "<", ">", "(", ")", ",", "."]
    where characters[index...].starts(with: symbol) {
      index += symbol.count
      return .symbol(symbol == "<>" ? "!=" : symbol == "==" ? "=" : symbol)
    }
    throw .syntax(position: index + 1, found: "“\(first)”", expected: "a field, a value or an operator")
  }

  private mutating func quoted(by quote: Character) throws(FilterError) -> String {
    let start = index
    var text = ""
    index += 1
    while let character = current {
      index += 1
      if character == quote {
        guard current == quote else { return text }
        index += 1
      }
      text.append(character)
    }
    throw .syntax(position: start + 1, found: "a text without an end", expected: "the closing \(quote)")
  }

  private mutating func number() throws(FilterError) -> FilterLiteral {
    let start = index
    let text = taking { $0.isASCII && ($0.isNumber || $0.isLetter || "+-.".contains($0)) }
    if let integer = Int64(text) { return .integer(integer) }
    let isDecimal = text.allSatisfy { "0123456789+-.eE".contains($0) }
    guard isDecimal, let number = Double(text), number.isFinite else {
      throw .syntax(position: start + 1, found: "“\(text)”", expected: "a number")
    }
    return .real(number)
  }

  private mutating func taking(while matches: (Character) -> Bool) -> String {
    let start = index
    while let character = current, matches(character) { index += 1 }
    return String(characters[start..<index])
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "-"
  }
}
