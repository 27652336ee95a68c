/// Which items are wanted: an expression over their fields, as the option `--where` takes it.
///
///     section = 'games' AND NOT (year < 2000 OR label.tags IN ('game::strategy', 'game::puzzle'))
///
/// - Fields are `id`, `text`, `label.TASK`, and else metadata: `NAME` or `metadata.NAME`. A name with other characters
///   than letters, digits, `_` and `-` is quoted: `metadata."odd name"`.
/// - Operators are `=`, `!=`, `<`, `<=`, `>`, `>=`, `[NOT] LIKE` (with `%` and `_`; ASCII letters match in either case),
///   `[NOT] IN (…)`, `IS [NOT] NULL`; they are joined by `NOT`, `AND` and `OR`, which bind in this order, and parentheses.
/// - Texts stand in single or double quotes, a quote in them doubled; numbers as in JSON; `true` and `false`.
/// - A number is compared with numbers, and with texts that are numbers (all that CSV has); a text with the text of the
///   field. A label of a multi-label task is as many values: `label.tags = 'x'` is true when one of them is `x`, and
///   `label.tags != 'x'` when none is.
/// - A field that an item does not have is null. As in SQL, comparing null gives null, and so does its `NOT`; an item is
///   wanted only when the whole is true.
public struct ItemFilter: Hashable, Sendable {
  let expression: FilterExpression

  /// The filter that `text` spells.
  ///
  /// - Throws: ``FilterError/syntax(position:found:expected:)``.
  public init(_ text: String) throws(FilterError) {
    var parser = try FilterParser(text)
    expression = try parser.parse()
  }

  /// The filter that wants the items with a class or tag for a task: `label.TASK = 'LABEL'`.
  public init(label: String, of task: String) {
    expression = .isIn(.label(task: task), [.text(label)])
  }
}

/// A filter as a tree.
indirect enum FilterExpression: Hashable, Sendable {
  case and([FilterExpression])
  case or([FilterExpression])
  case not(FilterExpression)
  case comparison(FilterField, FilterOperator, FilterLiteral)
  case isIn(FilterField, [FilterLiteral])
  case isNull(FilterField)
}

extension FilterExpression {
  /// Whether the state of every item must be read, for neither ids nor labels alone can leave one out.
  var readsEveryState: Bool {
    switch self {
    case .and(let parts): parts.allSatisfy(\.readsEveryState)
    case .or(let parts): parts.contains(where: \.readsEveryState)
    case .not(let inner): inner.readsEveryState
    case .comparison(let field, _, _), .isIn(let field, _), .isNull(let field):
      switch field {
      case .id, .label: false
      case .text, .metadata: true
      }
    }
  }
}

/// What an item is asked for.
enum FilterField: Hashable, Sendable {
  case id
  case text
  case label(task: String)
  case metadata(String)
}

/// How a field is compared with a literal; written as SQL writes it.
enum FilterOperator: String, Hashable, Sendable {
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case like = "LIKE"
}

/// A value that a filter spells.
enum FilterLiteral: Hashable, Sendable {
  case text(String)
  case integer(Int64)
  case real(Double)
  case truth(Bool)
}
