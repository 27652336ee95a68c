public import LinearAlgebra

/// What was learnt of a task: a model that scores features, and the link from its scores to answers.
public struct Head: Sendable {
  /// What it answers, with the names of the scores.
  public let answers: Answers
  /// What scores the features.
  public let model: HeadModel
  /// The inverse temperature b of the link: the probabilities are softmax(b · scores) where one class is right, and
  /// 1/(1 + exp(−b · score)) of each tag.
  public let sharpness: Float

  /// A head of these parts. Throws when they disagree about how many scores there are, or the sharpness is not positive and finite.
  public init(answers: Answers, model: HeadModel, sharpness: Float = 1) throws(HeadError) {
    try ClassLabels.check(answers.names)
    guard model.outputs == answers.count else {
      throw .classes(problem: "\(answers.count) answers, \(model.outputs) scores")
    }
    guard sharpness.isFinite, sharpness > 0 else { throw .classes(problem: "a sharpness of \(sharpness)") }
    (self.answers, self.model, self.sharpness) = (answers, model, sharpness)
  }

  /// How many features a row has.
  public var width: Int { model.width }

  /// The scores of rows [N × d], [N × answers]. A row's scores are the same bits whatever rows stand beside it.
  ///
  /// - Throws: ``HeadError/width(features:head:)``, and ``HeadError/notFinite(row:)`` from a head that looks for neighbours.
  public func scores(
    of features: Matrix<Float>, threads: Threads = .available
  ) throws(HeadError) -> Matrix<Float> {
    guard features.columns == width else { throw .width(features: features.columns, head: width) }
    return try model.scores(of: features, threads: threads)
  }

  /// The probability of each class or tag, [N × answers]; for a number, the number itself. The same bits whatever the batch.
  ///
  /// - Throws: What ``scores(of:threads:)`` does.
  public func outputs(
    of features: Matrix<Float>, threads: Threads = .available
  ) throws(HeadError) -> Matrix<Float> {
    let scores = try scores(of: features, threads: threads)
    return answers.outputs(of: scores, sharpness: sharpness)
  }
}

extension Answers {
  /// What scores [N × answers] say by the link of this kind of answer.
  func outputs(of scores: Matrix<Float>, sharpness: Float) -> Matrix<Float> {
    switch self {
    case .oneOf: scores.probabilities(sharpness: sharpness, rows: 0..<scores.rows)
    case .anyOf: scores.logistic(sharpness: sharpness)
    case .number: scores
    }
  }
}

extension Matrix<Float> {
  /// softmax(sharpness · x) of each of `range`'s rows.
  func probabilities(sharpness: Float, rows range: Range<Int>) -> Matrix<Float> {
    let scaled = elements[range.lowerBound * columns..<range.upperBound * columns].map { $0 * sharpness }
    var result = Matrix(rows: range.count, columns: columns, elements: scaled)
    result.softmax(rows: 0..<range.count)
    return result
  }

  /// 1/(1 + exp(−sharpness · x)) of each element.
  func logistic(sharpness: Float) -> Matrix<Float> {
    var result = Matrix(rows: rows, columns: columns, elements: elements.map { $0 * sharpness })
    result.applyLogistic()
    return result
  }

  /// Where the largest value of a row stands, the first of equals.
  func largest(ofRow row: Int) -> Int {
    var best = row * columns
    for index in best + 1..<(row + 1) * columns where elements[index] > elements[best] { best = index }
    return best - row * columns
  }

  /// Where the largest value of each row stands [rows].
  package var likeliest: [Int32] { (0..<rows).map { Int32(largest(ofRow: $0)) } }
}
