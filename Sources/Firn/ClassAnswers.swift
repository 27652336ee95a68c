internal import Heads
internal import LinearAlgebra
internal import Transfer

/// What a head answers of rows whose classes are known.
struct ClassAnswers {
  /// The head's classes.
  let classes: [String]
  /// The place of each row's class among them; nil where the head does not know it.
  let truth: [Int32?]
  /// The place of each row's answer.
  let given: [Int32]

  /// Of outputs [N × classes]; nil where the head answers no classes.
  init?(of answers: Answers, outputs: Matrix<Float>, targets: Targets) {
    guard case .oneOf(let classes) = answers, case .classes(let labels) = targets else { return nil }
    let places = ClassLabels.places(of: labels.classes, among: classes)
    self.classes = classes
    truth = labels.indices.map { places[Int($0)].map { Int32($0) } }
    given = outputs.likeliest
  }

  /// Whether each row's answer is right.
  var isRight: [Bool] { zip(truth, given).map { $0 == $1 } }

  /// The share of each class among the rows of classes that the head knows: others tell nothing of its answers [classes].
  var shares: [Double] {
    let known = truth.compactMap { $0 }
    return known.reduce(into: [Double](repeating: 0, count: classes.count)) {
      $0[Int($1)] += 1 / Double(known.count)
    }
  }

  /// How the shares of the classes differ among rows of which this is answered.
  func shift(to answers: [Int32]) throws(TransferError) -> LabelShift {
    let known = zip(given, truth).compactMap { answer, truth in truth.map { (answer: answer, truth: $0) } }
    return try LabelShift(
      answers: known.map(\.answer), labels: known.map(\.truth), unlabelled: answers, classes: classes.count)
  }
}
