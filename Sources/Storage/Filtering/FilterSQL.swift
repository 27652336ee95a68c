import Datasets

/// Makes SQL of a filter: a condition on rows of `item_state`, joined with `item` or alone, and the parameters it binds. Where they are
/// joined, what asks for ids and labels looks at `item` only, so that it can come first.
///
/// Every value is bound and none is spelled out. The condition is true, false or NULL as the filter is.
struct FilterSQL {
  /// The values of `?1`, `?2`, …; the first two are the dataset and the revision.
  private(set) var parameters: [SQLValue]
  private let scope: DatasetScope
  private let joinsItem: Bool

  init(_ scope: DatasetScope, joinsItem: Bool = true) {
    (self.scope, self.joinsItem) = (scope, joinsItem)
    parameters = [.integer(scope.dataset), .integer(scope.revision)]
  }

  /// Binds a value; returns the parameter that stands for it.
  mutating func bind(_ value: SQLValue) -> String {
    parameters.append(value)
    return "?\(parameters.count)"
  }

  /// The condition that `filter` is.
  ///
  /// - Throws: ``FilterError`` when it names a field or task that is not there.
  mutating func sql(of filter: ItemFilter, in store: StoreReader) throws -> String {
    try sql(of: filter.expression, in: store)
  }

  private mutating func sql(of expression: FilterExpression, in store: StoreReader) throws -> String {
    switch expression {
    case .and(let parts): try sql(of: parts, joinedBy: "AND", in: store)
    case .or(let parts): try sql(of: parts, joinedBy: "OR", in: store)
    case .not(let inner): try "(NOT \(sql(of: inner, in: store)))"
    case .isNull(let field):
      try "coalesce(\(test(field, in: store) { _, value in "\(value) IS NULL" }), true)"
    case .isIn(let field, let literals): try test(field, in: store) { $0.isIn(literals, $1) }
    case .comparison(let field, let comparison, let literal):
      try test(field, in: store) { $0.compare($1, comparison, literal) }
    }
  }

  private mutating func sql(
    of parts: [FilterExpression], joinedBy joint: String, in store: StoreReader
  ) throws -> String {
    var conditions: [String] = []
    for part in parts { conditions.append(try sql(of: part, in: store)) }
    return "(" + conditions.joined(separator: " \(joint) ") + ")"
  }

  // MARK: - Fields

  /// SQL that is what `test` says of the field's value, and NULL for an item without the field.
  private mutating func test(
    _ field: FilterField, in store: StoreReader, _ test: (inout FilterSQL, String) -> String
  ) throws -> String {
    switch field {
    case .id:
      let condition = test(&self, "item.external_id")
      return joinsItem ? condition : "(SELECT \(condition) FROM item WHERE item.id = item_state.item)"
    case .text:
      let condition = test(&self, "content.text")
      return "(SELECT \(condition) FROM content WHERE content.id = item_state.content)"
    case .metadata(let name):
      try checkField(name, in: store)
      if let path = Self.path(to: name) {
        return test(&self, "json_extract(item_state.metadata, \(bind(.text(path))))")
      }
      let key = bind(.text(name))
      let condition = test(&self, "field.value")
      return "(SELECT \(condition) FROM json_each(item_state.metadata) AS field WHERE field.key = \(key))"
    case .label(let name):
      let task = try self.task(name, in: store)
      let id = bind(.integer(task.id))
      let condition =
        if task.kind == .multiLabel {
          "EXISTS (SELECT 1 FROM json_each(answer.value) AS class WHERE \(test(&self, "class.value")))"
        } else {
          test(&self, "answer.value")
        }
      return """
        (SELECT \(condition) FROM label AS answer
        WHERE answer.item = \(joinsItem ? "item.id" : "item_state.item") AND answer.task = \(id) AND \(stands("answer")))
        """
    }
  }

  private func task(_ name: String, in store: StoreReader) throws -> TaskRecord {
    do {
      return try store.task(named: name)
    } catch StoreError.notFound(_, let name, let near) {
      throw FilterError.unknownTask(name: name, near: near.map { "label.\($0)" })
    }
  }

  /// The JSON path to a field, which takes half the time of looking through all; nil where a path compares the name as it is escaped.
  private static func path(to name: String) -> String? {
    let isPlain = name.utf8.allSatisfy {
      (0x20..<0x7f).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    return isPlain ? "$.\"\(name)\"" : nil
  }

  private func checkField(_ name: String, in store: StoreReader) throws {
    let fields = """
      FROM item JOIN item_state ON item_state.item = item.id AND \(stands("item_state"))
      JOIN json_each(item_state.metadata) AS field WHERE item.dataset = ?1
      """
    let scope = (SQLValue.integer(self.scope.dataset), SQLValue.integer(self.scope.revision))
    let found = try store.connection.first(
      "SELECT 1 \(fields) AND field.key = ?3 LIMIT 1", scope.0, scope.1, .text(name)
    ) { _ in true }
    guard found == nil else { return }
    let names = try store.connection.all("SELECT DISTINCT field.key \(fields)", scope.0, scope.1) {
      $0.text(0)
    }
    throw FilterError.unknownField(name: name, near: namesNear(name, among: names + ["id", "text"]))
  }

  // MARK: - Values

  /// Above every number, below every text that is none.
  private static let aboveNumbers = "CAST(9e999 AS NUMERIC)"

  /// Whether `value` is one of `literals`; each kind of literal says what it is compared with.
  private mutating func isIn(_ literals: [FilterLiteral], _ value: String) -> String {
    var texts: [String] = []
    var numbers: [String] = []
    var truths: [String] = []
    for literal in literals {
      switch literal {
      case .text(let text): texts.append(bind(.text(text)))
      case .integer(let number): numbers.append(bind(.integer(number)))
      case .real(let number): numbers.append(bind(.real(number)))
      case .truth(let truth): truths.append(bind(.integer(truth ? 1 : 0)))
      }
    }
    func list(_ parameters: [String]) -> String { "(\(parameters.joined(separator: ", ")))" }
    var conditions: [String] = []
    if !texts.isEmpty { conditions.append("CAST(\(value) AS TEXT) IN \(list(texts))") }
    if !numbers.isEmpty {
      // The cast makes 0 of a text that is no number, which the first half keeps out.
      conditions.append(
        "(\(value) <= \(FilterSQL.aboveNumbers) AND CAST(\(value) AS NUMERIC) IN \(list(numbers)))")
    }
    if !truths.isEmpty { conditions.append("\(value) IN \(list(truths))") }
    return "(\(conditions.joined(separator: " OR ")))"
  }

  /// `value comparison literal`. A text is compared with the value's text. The cast of a number lends its affinity to the other side:
  /// so a text that is a number is compared as a number.
  private mutating func compare(
    _ value: String, _ comparison: FilterOperator, _ literal: FilterLiteral
  ) -> String {
    let number: SQLValue
    switch literal {
    case .text(let text): return "(CAST(\(value) AS TEXT) \(comparison.rawValue) \(bind(.text(text))))"
    case .integer(let integer): number = .integer(integer)
    case .real(let real): number = .real(real)
    case .truth(let truth): number = .integer(truth ? 1 : 0)
    }
    let condition = "\(value) \(comparison.rawValue) CAST(\(bind(number)) AS NUMERIC)"
    return "(\(condition) AND \(value) <= \(FilterSQL.aboveNumbers))"
  }
}
