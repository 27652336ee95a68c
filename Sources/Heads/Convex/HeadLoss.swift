internal import Foundation
internal import LinearAlgebra

/// What each row of a training costs by its scores: the part of an objective that its solver need not know.
protocol HeadLoss: Sendable {
  /// How many scores a row has.
  var scores: Int { get }
  /// Whether scores that all rise alike leave the loss as it is.
  static var ignoresCommonShift: Bool { get }

  /// Turns the scores of `rows` into their loss's slopes and returns the sum of the losses; `curvature` [scores] gains
  /// the slopes' own slopes.
  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double
  /// A score's ∂²loss/∂score², which its slope tells.
  static func curvature(slope: Float) -> Float
  /// The loss of some of the rows.
  func rows(at rows: [Int]) -> Self
  /// The intercepts that are best where all weights are zero, or near that [scores].
  var restingIntercepts: [Double] { get }
}

extension HeadLoss {
  /// Where a solver starts that knows nothing: no weights, [width × scores] with the intercepts last.
  func restingPoint(width: Int) -> [Double] {
    [Double](repeating: 0, count: (width - 1) * scores) + restingIntercepts
  }
}

/// −log softmax(scores)[label]: multinomial logistic regression.
struct SoftmaxLoss: HeadLoss {
  /// The class of each row [N].
  let labels: [Int32]
  let scores: Int
  static let ignoresCommonShift = true

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    scores.becomeSlopes(of: .softmax, labels: labels[rows], curvature: &curvature)
  }

  /// p·(1 − p): a slope is p, or p − 1.
  static func curvature(slope: Float) -> Float { slope.magnitude * (1 - slope.magnitude) }

  func rows(at rows: [Int]) -> SoftmaxLoss { SoftmaxLoss(labels: rows.map { labels[$0] }, scores: scores) }

  /// Those that give each class the share of rows it has.
  var restingIntercepts: [Double] {
    let logarithms = labels.counts(of: scores).map { log(max($0, 0.5)) }
    let mean = logarithms.reduce(0, +) / Double(scores)
    return logarithms.map { $0 - mean }
  }
}

/// Σ max(0, 1 − y·score)² with y = ±1 for one class against the rest: a linear support vector machine.
struct SquaredHingeLoss: HeadLoss {
  /// The class of each row [N].
  let labels: [Int32]
  let scores: Int
  static let ignoresCommonShift = false

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    scores.becomeSlopes(of: .squaredHinge, labels: labels[rows], curvature: &curvature)
  }

  /// A row within the margin has a slope; one outside has neither.
  static func curvature(slope: Float) -> Float { slope == 0 ? 0 : 2 }

  func rows(at rows: [Int]) -> SquaredHingeLoss {
    SquaredHingeLoss(labels: rows.map { labels[$0] }, scores: scores)
  }

  /// The mean targets: the minimum of the squares, while all rows lie within the margin.
  var restingIntercepts: [Double] {
    labels.counts(of: scores).map { 2 * $0 / Double(labels.count) - 1 }
  }
}

extension [Int32] {
  /// How many rows have each of so many classes.
  fileprivate func counts(of classes: Int) -> [Double] {
    reduce(into: [Double](repeating: 0, count: classes)) { $0[Int($1)] += 1 }
  }
}
