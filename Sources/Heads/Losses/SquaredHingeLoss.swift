internal import LinearAlgebra

/// Σ max(0, 1 − y·score)² of each row with y = ±1 for one class against the rest, weighted by its class: a linear support vector
/// machine.
struct SquaredHingeLoss: ConvexLoss {
  /// The class of each row [N].
  let labels: [Int32]
  let scores: Int
  /// How often a row of each class counts [classes]; nil where all count once.
  private let weights: [Float]?
  /// How often the rows of each class count together [classes].
  private let classMasses: [Double]
  static let ignoresCommonShift = false

  private init(labels: [Int32], scores: Int, weights: [Float]?) {
    (self.labels, self.scores, self.weights) = (labels, scores, weights)
    classMasses = labels.masses(of: scores, weights: weights)
  }

  /// The loss of labels by the settings of a training.
  init(_ labels: ClassLabels, weights: ClassWeights?) {
    self.init(
      labels: labels.indices, scores: labels.classes.count, weights: weights?.weights(of: labels))
  }

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    scores.becomeSlopes(of: .squaredHinge, labels: labels[rows], weights: weights, curvature: &curvature)
  }

  /// A row within the margin has a slope; one outside has neither.
  func turnIntoCurvatures(_ slopes: inout Matrix<Float>, of rows: Range<Int>) {
    for (place, label) in labels[rows].enumerated() {
      let curvature = 2 * (weights?[Int(label)] ?? 1)
      slopes.fillRow(place) { row in
        for class_ in row.indices { row[class_] = row[class_] == 0 ? 0 : curvature }
      }
    }
  }

  func rows(at rows: [Int]) -> SquaredHingeLoss {
    SquaredHingeLoss(labels: rows.map { labels[$0] }, scores: scores, weights: weights)
  }

  var masses: [Double] { [Double](repeating: classMasses.reduce(0, +), count: scores) }

  /// The mean targets: the minimum of the squares, while all rows lie within the margin.
  var restingIntercepts: [Double] {
    let total = classMasses.reduce(0, +)
    return classMasses.map { 2 * $0 / total - 1 }
  }
}
