internal import Heads

/// How much better one head answers than another, on each row that both answer without having been trained on it; or how much nearer one
/// way comes to a backbone's features than another.
struct Advantages {
  /// What is compared: the share of right answers of classes, the log loss of tags, or the mean absolute error of numbers; the recall of
  /// neighbours, or the squared error of features.
  let measure: String
  /// How much better the one is on each row, below zero where it is worse.
  let values: [Double]
}

extension Advantages {
  init(of own: HeldOutAnswers, over rival: HeldOutAnswers) {
    let others = Dictionary(rival.rows.map { ($0.row, $0.answer) }, uniquingKeysWith: { one, _ in one })
    let pairs = own.rows.compactMap { row in others[row.row].map { (own: row.answer, other: $0) } }
    switch own.answers {
    case .oneOf:
      measure = "accuracy"
      values = pairs.map { ($0.own.isRight ? 1 : 0) - ($0.other.isRight ? 1 : 0) }
    case .anyOf, .number:
      measure = own.answers == .number ? "mean absolute error" : "log loss"
      values = pairs.map { $0.other.loss - $0.own.loss }
    }
  }

  /// The mean advantage; 0 without rows.
  var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  /// An amount of the measure, in words.
  static func text(_ amount: Double, of measure: String) -> String {
    ["accuracy", "recall"].contains(measure) ? "\((100 * amount).fixed(1)) points" : amount.fixed(4)
  }
}
