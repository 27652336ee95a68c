public import LinearAlgebra

/// A linear map from features to one score a class, and its link to probabilities.
public struct LinearHead: Sendable {
  /// The classes, sorted by their UTF-8 bytes: the names of the scores.
  public let classes: [String]
  /// One row of weights a class [classes × d].
  public let weights: Matrix<Float>
  /// What is added to each class's score [classes].
  public let bias: [Float]
  /// The inverse temperature b of the link: probabilities are softmax(b · scores).
  public let sharpness: Float

  /// A head of these parts. Throws when they disagree about how many classes there are, or hold a value that is not finite.
  public init(
    classes: [String], weights: Matrix<Float>, bias: [Float], sharpness: Float = 1
  ) throws(HeadError) {
    try ClassLabels.check(classes)
    guard weights.rows == classes.count, bias.count == classes.count else {
      throw .classes(
        problem: "\(classes.count) classes, \(weights.rows) rows of weights, \(bias.count) biases")
    }
    if let row = (0..<weights.rows).first(where: { !weights.row($0).allSatisfy(\.isFinite) }) {
      throw .notFinite(row: row)
    }
    if let row = bias.firstIndex(where: { !$0.isFinite }) { throw .notFinite(row: row) }
    guard sharpness.isFinite, sharpness > 0 else { throw .classes(problem: "a sharpness of \(sharpness)") }
    self.classes = classes
    self.weights = weights
    self.bias = bias
    self.sharpness = sharpness
  }

  /// How many features a row has.
  public var width: Int { weights.columns }

  /// The scores X·Wᵀ + bias, [N × classes]. A row's scores are the same bits whatever rows stand beside it.
  public func scores(of features: Matrix<Float>, threads: Threads = .available) throws(HeadError) -> Matrix<
    Float
  > {
    guard features.columns == width else { throw .width(features: features.columns, head: width) }
    return PackedMatrix(weights, transposed: true).product(features, plus: bias, threads: threads)
  }

  /// The probabilities softmax(sharpness · scores), [N × classes]. The same bits whatever the batch.
  public func probabilities(
    of features: Matrix<Float>, threads: Threads = .available
  ) throws(HeadError) -> Matrix<Float> {
    let scores = try scores(of: features, threads: threads)
    return scores.probabilities(sharpness: sharpness, rows: 0..<scores.rows)
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

  /// Where the largest value of a row stands, the first of equals.
  func largest(ofRow row: Int) -> Int {
    var best = row * columns
    for index in best + 1..<(row + 1) * columns where elements[index] > elements[best] { best = index }
    return best - row * columns
  }
}
