/// Makes a tree of a filter's text, by recursive descent:
///
///     either     = both { OR both }
///     both       = negated { AND negated }
///     negated    = NOT negated | "(" either ")" | field test
///     test       = operator literal | [NOT] LIKE text | [NOT] IN "(" literal { "," literal } ")" | IS [NOT] NULL
///     field      = name { "." name }
struct FilterParser {
  private let tokens: [FilterToken]
  private var index = 0
  private var depth = 0
  private var tests = 0

  // More than people write. SQLite's parser has a stack of a hundred entries and takes up to six for each level; without
  // a limit a hostile text would exhaust the stack of this one too.
  private static let deepest = 10
  private static let mostTests = 500
  private static let mostLiterals = 10_000

  init(_ text: String) throws(FilterError) {
    tokens = try FilterToken.all(in: text)
  }

  /// The tree of the whole text.
  mutating func parse() throws(FilterError) -> FilterExpression {
    let expression = try either()
    guard case .end = current.kind else { throw expected("AND, OR or the end") }
    return expression
  }

  private mutating func either() throws(FilterError) -> FilterExpression {
    var parts = [try both()]
    while take("OR") { parts.append(try both()) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func both() throws(FilterError) -> FilterExpression {
    var parts = [try negated()]
    while take("AND") { parts.append(try negated()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func negated() throws(FilterError) -> FilterExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= FilterParser.deepest + 1 else {
      throw expected("at most \(FilterParser.deepest) levels of NOT and parentheses")
    }
    if take("NOT") { return .not(try negated()) }
    if take(symbol: "(") {
      let expression = try either()
      guard take(symbol: ")") else { throw expected("AND, OR or “)”") }
      return expression
    }
    return try test(of: try field())
  }

  private mutating func field() throws(FilterError) -> FilterField {
    guard case .word(let first) = current.kind, !FilterParser.keywords.contains(first.uppercased()) else {
      throw expected("a field, NOT or “(”")
    }
    index += 1
    var names: [String] = []
    while take(symbol: ".") {
      switch current.kind {
      case .word(let name), .quoted(let name): names.append(name)
      default: throw expected("a name after “.”")
      }
      index += 1
    }
    let rest = names.joined(separator: ".")
    switch (first, names.isEmpty) {
    case ("id", true): return .id
    case ("text", true): return .text
    case ("label", false): return .label(task: rest)
    case ("metadata", false): return .metadata(rest)
    default: return .metadata(([first] + names).joined(separator: "."))
    }
  }

  private mutating func test(of field: FilterField) throws(FilterError) -> FilterExpression {
    tests += 1
    guard tests <= FilterParser.mostTests else {
      throw expected("at most \(FilterParser.mostTests) comparisons")
    }
    if take(symbol: "=") { return .isIn(field, [try literal()]) }
    if take(symbol: "!=") { return .not(.isIn(field, [try literal()])) }
    if case .symbol(let symbol) = current.kind, let comparison = FilterOperator(rawValue: symbol) {
      index += 1
      return .comparison(field, comparison, try literal())
    }
    if take("IS") {
      let negated = take("NOT")
      guard take("NULL") else { throw expected(negated ? "NULL" : "NULL or NOT NULL") }
      return negated ? .not(.isNull(field)) : .isNull(field)
    }
    let negated = take("NOT")
    let expression: FilterExpression
    if take("LIKE") {
      guard case .quoted(let pattern) = current.kind else { throw expected("a pattern in quotes") }
      index += 1
      expression = .comparison(field, .like, .text(pattern))
    } else if take("IN") {
      expression = .isIn(field, try list())
    } else {
      throw expected(negated ? "LIKE or IN" : "an operator")
    }
    return negated ? .not(expression) : expression
  }

  private mutating func list() throws(FilterError) -> [FilterLiteral] {
    guard take(symbol: "(") else { throw expected("“(”") }
    var literals = [try literal()]
    while take(symbol: ",") {
      guard literals.count < FilterParser.mostLiterals else {
        throw expected("at most \(FilterParser.mostLiterals) values")
      }
      literals.append(try literal())
    }
    guard take(symbol: ")") else { throw expected("“,” or “)”") }
    return literals
  }

  private mutating func literal() throws(FilterError) -> FilterLiteral {
    let literal: FilterLiteral
    switch current.kind {
    case .quoted(let text): literal = .text(text)
    case .number(let number): literal = number
    case .word(let word) where word.lowercased() == "true": literal = .truth(true)
    case .word(let word) where word.lowercased() == "false": literal = .truth(false)
    case .word(let word) where word.lowercased() == "null":
      throw expected("a value (nothing equals null: write IS NULL)")
    default: throw expected("a text in quotes, a number, true or false")
    }
    index += 1
    return literal
  }

  // MARK: - Tokens

  private static let keywords: Set<String> = ["AND", "OR", "NOT", "LIKE", "IN", "IS", "NULL"]

  /// The last token is the end, and nothing goes on behind it.
  private var current: FilterToken { tokens[index] }

  private mutating func take(_ keyword: String) -> Bool {
    guard case .word(let word) = current.kind, word.uppercased() == keyword else { return false }
    index += 1
    return true
  }

  private mutating func take(symbol: String) -> Bool {
    guard current.kind == .symbol(symbol) else { return false }
    index += 1
    return true
  }

  private func expected(_ what: String) -> FilterError {
    .syntax(position: current.position, found: current.description, expected: what)
  }
}
