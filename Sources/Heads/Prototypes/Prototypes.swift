internal import LinearAlgebra

/// The mean of each class's rows, and how near rows are to it: the score xᵀP·μ − ½·μᵀP·μ is greatest for the nearest mean by the
/// metric P.
///
/// What a row would score had it not been there is exact for the means: without it, the mean of its own n rows μ lies at
/// μ + (μ − x)/(n − 1). Shapes: features less their mean x [N × d], P [d × d].
struct Prototypes: Sendable {
  /// The mean of all features [d].
  let centre: [Double]
  /// The mean of each class, less the centre [classes × d].
  let means: Matrix<Double>
  /// How many rows each class has.
  let counts: [Int]
  /// P·μ of each class [classes × d].
  let weights: Matrix<Double>
  /// μᵀP·μ of each class.
  let squares: [Double]

  /// The classes' means, seen by the metric that `multiply` applies to each row of a matrix.
  init(_ means: ClassMeans, metric multiply: (Matrix<Double>) -> Matrix<Double>) {
    (centre, self.means, counts) = (means.centre, means.means, means.counts)
    let weights = multiply(means.means)
    self.weights = weights
    squares = means.means.rowProducts(with: weights)
  }

  /// The linear model that scores features, `offsets` [classes] added.
  func model(offsets: [Double]) throws(HeadError) -> LinearModel {
    try LinearModel(
      centred: weights, intercepts: zip(offsets, squares).map { $0 - $1 / 2 }, means: centre)
  }

  /// xᵀP·μ of every row and class, and xᵀP·x of every row, which `squaredLengths` tells of centred rows; then `body` for
  /// each row of the block.
  func leaveOneOut(
    _ features: Matrix<Float>, threads: Threads,
    squaredLengths: @escaping @Sendable (Matrix<Double>) -> [Double],
    _ score: @escaping @Sendable (_ row: Int, _ products: ArraySlice<Double>, _ square: Double) -> [Double]
  ) -> Matrix<Float> {
    let blocks = threads.mapBlocks(of: features.rows, by: 512) { range -> [Float] in
      let centred = features.rows(range, minus: centre)
      let products = centred.times(weights, transposingOther: true)
      let squares = squaredLengths(centred)
      return range.flatMap { row in
        score(row, products.row(row - range.lowerBound), squares[row - range.lowerBound]).map { Float($0) }
      }
    }
    let elements = blocks.flatMap { $0 }
    return Matrix(rows: features.rows, columns: elements.count / max(1, features.rows), elements: elements)
  }

  /// The score of a row for `class_`, where `product` is xᵀP·μ; for a class that the row belongs to, with `square` xᵀP·x, as if the row
  /// had not been there. A class that has no other row scores what is no nearer than the centre.
  func score(_ class_: Int, product: Double, withoutOwn square: Double?) -> Double {
    guard let square else { return product - squares[class_] / 2 }
    guard counts[class_] > 1 else { return 0 }
    let share = 1 / Double(counts[class_] - 1)
    let (mean, moved) = (squares[class_], product + share * (product - square))
    let movedSquare = mean + 2 * share * (mean - product) + share * share * (mean - 2 * product + square)
    return moved - movedSquare / 2
  }
}
