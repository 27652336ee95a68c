import Firn
import Foundation
import Testing

/// A filter decides first, and the nearest of what it leaves are the nearest of all that it leaves: random filters of the documented
/// language, held against an evaluator that knows nothing of SQL and ranks by brute force.
struct RandomFilterTests {
  @Test(arguments: 0..<8)
  func `Any filter: the exact nearest of the items for which it holds`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let rows = (0..<150).map { RandomRow($0, using: &random) }
    let vectors = Matrix(
      rows: 150, columns: 5, elements: (0..<750).map { _ in Float.random(in: -1...1, using: &random) })
    let place = try TemporaryStore()
    try place.importVectors(rows.map(\.json), vectors)
    // What of the whole can be told apart must not always be all or nothing.
    var sizes = Set<Int>()
    for _ in 0..<60 {
      let predicate = Predicate.random(depth: 3, using: &random)
      let metric = try #require(Metric.allCases.randomElement(using: &random))
      let count = Int.random(in: 1...160, using: &random)
      let query = (0..<5).map { _ in Float.random(in: -1...1, using: &random) }
      let search = try place.store.search(
        in: "made", with: "made", where: ItemFilter(predicate.text), ranking: NeighbourRanking(metric))
      let found = try search.nearest(Wanted(count), to: Matrix(rows: 1, columns: 5, elements: query))[0]
      let expected = rows.indices.filter { predicate.holds(for: rows[$0]) == true }.map { row in
        (id: rows[row].id, score: score(vectors.row(row), query, by: metric))
      }.sorted {
        $0.score == $1.score ? Array($0.id.utf8).lexicographicallyPrecedes($1.id.utf8) : $0.score > $1.score
      }
      #expect(search.count == expected.count, "seed \(seed): \(predicate.text)")
      #expect(found.map(\.id) == expected.prefix(count).map(\.id), "seed \(seed): \(predicate.text)")
      sizes.insert(expected.count)
    }
    #expect(sizes.count > 20, "seed \(seed)")
  }

  private func score(_ x: ArraySlice<Float>, _ y: [Float], by metric: Metric) -> Double {
    func dot(_ x: some Sequence<Float>, _ y: some Sequence<Float>) -> Double {
      zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return switch metric {
    case .cosine: dot(x, y) / (dot(x, x) * dot(y, y)).squareRoot()
    case .innerProduct: dot(x, y)
    case .euclidean: -zip(x, y).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }.squareRoot()
    }
  }
}

/// A value that a field may have.
private enum Value: Hashable {
  case text(String)
  case number(Double)
  case truth(Bool)

  var json: String {
    switch self {
    case .text(let text): "\"\(text)\""
    case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
    case .truth(let truth): "\(truth)"
    }
  }

  /// As a filter writes it.
  var literal: String {
    if case .text(let text) = self { "'" + text.replacing("'", with: "''") + "'" } else { json }
  }

  /// As a text is compared with it.
  var text: String {
    switch self {
    case .text(let text): text
    case .number: json
    case .truth(let truth): truth ? "1" : "0"
    }
  }

  /// As a number is compared with it; nil where it is no number.
  var number: Double? {
    switch self {
    case .text(let text): Double(text)
    case .number(let number): number
    case .truth(let truth): truth ? 1 : 0
    }
  }
}

/// An item in memory.
private struct RandomRow {
  let id: String
  /// What each field has; one value but for tags. A field that is not there is null.
  private(set) var fields: [String: [Value]] = [:]

  private static let words = ["a", "B", "chess", "Chess", "mail", "7", "12.5", "it's", "über"]

  static func word(using random: inout SplitMix64) -> String {
    words[Int.random(in: 0..<words.count, using: &random)]
  }

  init(_ index: Int, using random: inout SplitMix64) {
    id = ["i", "J", "é"][index % 3] + "\(index * 7 % 150)"
    func maybe(_ value: Value) -> [Value]? { Int.random(in: 0..<4, using: &random) == 0 ? nil : [value] }
    let text = "\(Self.word(using: &random)) \(Self.word(using: &random)) \(index)"
    fields = ["id": [.text(id)], "text": [.text(text)]]
    fields["size"] = maybe(.number(Double(Int.random(in: -5...20, using: &random))))
    fields["price"] = maybe(.number(Double(Int.random(in: -8...8, using: &random)) / 4 + 0.125))
    fields["name"] = maybe(.text(Self.word(using: &random)))
    fields["free"] = maybe(.truth(Bool.random(using: &random)))
    fields["label.section"] = maybe(.text(Self.word(using: &random)))
    fields["label.stars"] = maybe(.number(Double(Int.random(in: 0...5, using: &random)) + 0.5))
    if Int.random(in: 0..<4, using: &random) > 0 {
      let tags = Set((0..<Int.random(in: 0...3, using: &random)).map { _ in Self.word(using: &random) })
      fields["label.tags"] = tags.map { .text($0) }
    }
  }

  var json: String {
    var members: [String] = []
    var labels: [String] = []
    for (name, values) in fields {
      if name == "label.tags" {
        labels.append("\"tags\": [\(values.map(\.json).joined(separator: ", "))]")
      } else if name.hasPrefix("label.") {
        labels.append("\"\(name.dropFirst(6))\": \(values[0].json)")
      } else {
        members.append("\"\(name)\": \(values[0].json)")
      }
    }
    return "{\((members + ["\"labels\": {\(labels.joined(separator: ", "))}"]).joined(separator: ", "))}"
  }
}

/// A filter as a tree, and what it says of an item: true, false, or neither where it asks what is not there.
private indirect enum Predicate {
  case and(Predicate, Predicate)
  case or(Predicate, Predicate)
  case not(Predicate)
  case isNull(String, negated: Bool)
  case isIn(String, [Value], negated: Bool)
  case like(String, String, negated: Bool)
  case compare(String, String, Value)

  static func random(depth: Int, using random: inout SplitMix64) -> Predicate {
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int.random(in: 0..<elements.count, using: &random)]
    }
    let kind = Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &random)
    if kind >= 5 {
      let first = Predicate.random(depth: depth - 1, using: &random)
      if kind == 8 { return .not(first) }
      let second = Predicate.random(depth: depth - 1, using: &random)
      return kind == 5 ? .or(first, second) : .and(first, second)
    }
    let texts = ["id", "text", "name", "label.section", "label.tags"]
    let field = pick(texts + ["size", "price", "free", "label.stars"])
    func value() -> Value {
      switch Int.random(in: 0..<5, using: &random) {
      case 0...1: .text(RandomRow.word(using: &random))
      case 2: .number(Double(Int.random(in: -5...20, using: &random)))
      case 3: .number(Double(Int.random(in: -8...8, using: &random)) / 4 + 0.125)
      default:
        field == "free"
          ? .truth(Bool.random(using: &random)) : .text("i\(Int.random(in: 0..<150, using: &random))")
      }
    }
    let negated = Bool.random(using: &random)
    switch kind {
    case 0: return .isNull(field, negated: negated)
    case 1:
      return .isIn(field, (0..<Int.random(in: 1...4, using: &random)).map { _ in value() }, negated: negated)
    case 2:
      let pattern = pick(["%ch%", "a%", "_", "%7", "CHESS%", "%m_il%", "%'s%", "i1%", "%", ""])
      return .like(pick(texts), pattern, negated: negated)
    default: return .compare(field, pick(["=", "!=", "<", "<=", ">", ">="]), value())
    }
  }

  var text: String {
    switch self {
    case .and(let one, let other): "(\(one.text) AND \(other.text))"
    case .or(let one, let other): "(\(one.text) OR \(other.text))"
    case .not(let inner): "NOT \(inner.text)"
    case .isNull(let field, let negated): "\(field) IS \(negated ? "NOT " : "")NULL"
    case .isIn(let field, let values, let negated):
      "\(field) \(negated ? "NOT " : "")IN (\(values.map(\.literal).joined(separator: ", ")))"
    case .like(let field, let pattern, let negated):
      "\(field) \(negated ? "NOT " : "")LIKE \(Value.text(pattern).literal)"
    case .compare(let field, let sign, let value): "\(field) \(sign) \(value.literal)"
    }
  }

  func holds(for row: RandomRow) -> Bool? {
    /// Whether one of a field's values passes; neither where the field is not there.
    func any(_ field: String, negated: Bool = false, _ passes: (Value) -> Bool) -> Bool? {
      row.fields[field].map { $0.contains(where: passes) != negated }
    }
    switch self {
    case .and(let one, let other):
      let sides = [one.holds(for: row), other.holds(for: row)]
      return sides.contains(false) ? false : sides.contains(nil) ? nil : true
    case .or(let one, let other):
      let sides = [one.holds(for: row), other.holds(for: row)]
      return sides.contains(true) ? true : sides.contains(nil) ? nil : false
    case .not(let inner): return inner.holds(for: row).map { !$0 }
    case .isNull(let field, let negated): return (row.fields[field] == nil) != negated
    case .isIn(let field, let values, let negated):
      return any(field, negated: negated) { own in values.contains { Self.areEqual(own, $0) } }
    case .like(let field, let pattern, let negated):
      return any(field, negated: negated) { Self.matches(Array($0.text), Array(pattern)) }
    case .compare(let field, "=", let value): return any(field) { Self.areEqual($0, value) }
    case .compare(let field, "!=", let value): return any(field, negated: true) { Self.areEqual($0, value) }
    case .compare(let field, let sign, let value):
      return any(field) { own in
        if case .text(let text) = value {
          let (own, other) = (Array(own.text.utf8), Array(text.utf8))
          let isLess = own.lexicographicallyPrecedes(other)
          return sign.hasPrefix("<")
            ? isLess || sign == "<=" && own == other : !isLess && (sign == ">=" || own != other)
        }
        guard let own = own.number, let other = value.number else { return false }
        return switch sign {
        case "<": own < other
        case "<=": own <= other
        case ">": own > other
        default: own >= other
        }
      }
    }
  }

  private static func areEqual(_ own: Value, _ other: Value) -> Bool {
    switch other {
    case .text(let text): Array(own.text.utf8) == Array(text.utf8)
    case .number(let number): own.number == number
    case .truth(let truth): if case .text = own { false } else { own.number == (truth ? 1 : 0) }
    }
  }

  /// `%` is any characters, `_` is one, and letters of ASCII match in either case.
  private static func matches(_ text: [Character], _ pattern: [Character]) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = Array(pattern.dropFirst())
    if first == "%" { return (0...text.count).contains { matches(Array(text.dropFirst($0)), rest) } }
    guard let own = text.first else { return false }
    func folded(_ character: Character) -> Character {
      character.isASCII ? Character(character.lowercased()) : character
    }
    return (first == "_" || folded(own) == folded(first)) && matches(Array(text.dropFirst()), rest)
  }
}
