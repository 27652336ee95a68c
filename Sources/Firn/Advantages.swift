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
    let pairs = own.pairs(with: rival)
    switch own.answers {
    case .oneOf:
      measure = "accuracy"
      values = pairs.map { ($0.first.isRight ? 1 : 0) - ($0.second.isRight ? 1 : 0) }
    case .anyOf, .number:
      measure = own.answers == .number ? "mean absolute error" : "log loss"
      values = pairs.map { $0.second.loss - $0.first.loss }
    }
  }

  /// The mean advantage; 0 without rows.
  var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  /// An amount of the measure, in words; less than a point to two digits.
  static func text(_ amount: Double, of measure: String) -> String {
    guard ["accuracy", "recall"].contains(measure) else { return amount.fixed(4) }
    return "\((100 * amount).fixed(amount < 0.01 ? 2 : 1)) points"
  }

  /// How much better or worse by an advantage, in words.
  static func comparative(_ advantage: Double, of measure: String) -> String {
    "\(text(abs(advantage), of: measure)) \(advantage < 0 ? "worse" : "better")"
  }
}
