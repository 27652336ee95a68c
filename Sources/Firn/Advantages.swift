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
  /// Whether it is a share of what is right.
  private static func isShare(_ measure: String) -> Bool { ["accuracy", "recall"].contains(measure) }

  private static func leastRows(by measure: String) -> Int {
    ["log loss", "mean absolute error"].contains(measure) ? 100 : 20
  }

  /// With fewer rows nothing is told: resampling tells the bounds of a mean of losses, a few of which are great, of many rows only.
  var isTelling: Bool { values.count >= Self.leastRows(by: measure) }

  /// With fewer rows nothing is told of heads that answer so.
  static func leastRows(of answers: Answers) -> Int { leastRows(by: measure(of: answers)) }

  private static func measure(of answers: Answers) -> String {
    switch answers {
    case .oneOf: "accuracy"
    case .anyOf: "log loss"
    case .number: "mean absolute error"
    }
  }

  init(of own: HeldOutAnswers, over rival: HeldOutAnswers) {
    let pairs = own.pairs(with: rival)
    measure = Self.measure(of: own.answers)
    values =
      if case .oneOf = own.answers {
        pairs.map { ($0.first.isRight ? 1 : 0) - ($0.second.isRight ? 1 : 0) }
      } else {
        pairs.map { $0.second.loss - $0.first.loss }
      }
  }

  /// The mean advantage; 0 without rows.
  var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }

  /// An amount of the measure, in words; less than a point to two digits.
  static func text(_ amount: Double, of measure: String) -> String {
    guard isShare(measure) else { return amount.fixed(4) }
    return "\((100 * amount).fixed(amount < 0.01 ? 2 : 1)) points"
  }

  /// How much better or worse by an advantage, in words.
  static func comparative(_ advantage: Double, of measure: String) -> String {
    "\(text(abs(advantage), of: measure)) \(advantage < 0 ? "worse" : "better")"
  }
}
