internal import LinearAlgebra

/// Σ max(0, 1 − y·score)² of each row with y = ±1 for one class against the rest, weighted: a linear support vector machine.
struct SquaredHingeLoss: ConvexLoss {
  /// The class of each row [N].
  let labels: [Int32]
  let scores: Int
  private let weights: RowWeights
  /// How often the rows of each class count together [classes].
  private let classMasses: [Double]
  static let ignoresCommonShift = false

  private init(labels: [Int32], scores: Int, weights: RowWeights) {
    (self.labels, self.scores, self.weights) = (labels, scores, weights)
    classMasses = weights.masses(of: labels, classes: scores)
  }

  /// The loss of labels by the settings of a training.
  init(_ labels: ClassLabels, weights: ClassWeights?, rows: [Float]? = nil) {
    self.init(
      labels: labels.indices, scores: labels.classes.count,
      weights: RowWeights(classes: weights?.weights(of: labels), rows: rows))
  }

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    scores.becomeSlopes(
      of: .squaredHinge, labels: labels[rows], weights: weights.weights(of: labels[rows]),
      curvature: &curvature)
  }

  /// A row within the margin has a slope; one outside has neither.
  func turnIntoCurvatures(_ slopes: inout Matrix<Float>, of rows: Range<Int>) {
    for (place, row) in rows.enumerated() {
      let curvature = 2 * weights.weight(ofRow: row, class: labels[row])
      slopes.fillRow(place) { row in
        for class_ in row.indices { row[class_] = row[class_] == 0 ? 0 : curvature }
      }
    }
  }

  func rows(at rows: [Int]) -> SquaredHingeLoss {
    SquaredHingeLoss(labels: rows.map { labels[$0] }, scores: scores, weights: weights.rows(at: rows))
  }

  var masses: [Double] { [Double](repeating: classMasses.reduce(0, +), count: scores) }

  /// The mean targets: the minimum of the squares, while all rows lie within the margin.
  var restingIntercepts: [Double] {
    let total = classMasses.reduce(0, +)
    return classMasses.map { 2 * $0 / total - 1 }
  }
}
