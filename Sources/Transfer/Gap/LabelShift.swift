internal import LinearAlgebra

/// How the shares of the classes differ between labelled rows and unlabelled ones, told from a classifier's answers on both (black-box shift
/// estimation, Lipton, Wang and Smola 2018): w = C⁻¹·μ with C(i, j) = P(answer i, class j) on the labelled rows and μ(i) = P(answer i) on
/// the others; below zero counts as zero.
///
/// It holds where only the shares change, and what the classes look like does not.
public struct LabelShift: Sendable, Hashable {
  /// How many times as often each class is among the unlabelled rows [classes].
  public let weights: [Double]
  /// The estimated shares of the classes there [classes], with a sum of 1.
  public let shares: [Double]
  /// The accuracy that the classifier has there: the share of each class that it answers rightly on the labelled rows, by these shares.
  public let accuracy: Double
  /// The ratio of C's greatest and least singular values: the greater, the less the answers tell of the shares.
  public let condition: Double

  /// From answers and classes on rows that the classifier was not trained on, and answers on the others. O(N + classes³).
  ///
  /// - Throws: ``TransferError/undetermined(condition:)`` where C cannot be inverted: an answer is never given, say.
  public init(
    answers: [Int32], labels: [Int32], unlabelled: [Int32], classes: Int
  ) throws(TransferError) {
    var confusion = Matrix<Double>(rows: classes, columns: classes)
    for (answer, label) in zip(answers, labels) {
      confusion[Int(answer), Int(label)] += 1 / Double(labels.count)
    }
    var given = [Double](repeating: 0, count: classes)
    for answer in unlabelled { given[Int(answer)] += 1 / Double(unlabelled.count) }
    // C⁻¹ = (CᵀC)⁻¹·Cᵀ.
    let square = confusion.times(confusion, transposingSelf: true)
    guard let values = SymmetricEigen(square)?.values, let first = values.first, let last = values.last else {
      throw .undetermined(condition: .infinity)
    }
    condition = (last / max(0, first)).squareRoot()
    guard condition < Self.mostConditioned, let factor = Cholesky(square) else {
      throw .undetermined(condition: condition)
    }
    let right = Matrix(rows: 1, columns: classes, elements: given).times(confusion)
    weights = factor.solve(right.elements).map { max(0, $0) }
    let priors = (0..<classes).map { label in labels.reduce(0.0) { $1 == label ? $0 + 1 : $0 } }
    let raw = zip(weights, priors).map { $0 * $1 / Double(labels.count) }
    let sum = raw.reduce(0, +)
    shares = raw.map { sum > 0 ? $0 / sum : 1 / Double(classes) }
    let told = weights.enumerated().reduce(0.0) { $0 + $1.element * confusion[$1.offset, $1.offset] }
    accuracy = sum > 0 ? told / sum : 0
  }

  /// Beyond this, rounding and chance decide.
  private static let mostConditioned = 1e4
}
