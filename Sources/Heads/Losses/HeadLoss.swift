internal import LinearAlgebra

/// What each row of a training costs by its scores.
protocol HeadLoss: Sendable {
  /// How many scores a row has.
  var scores: Int { get }

  /// Turns the scores of `rows` into their loss's slopes and returns the sum of the losses; `curvature` [scores] gains
  /// the slopes' own slopes.
  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double
  /// The loss of some of the rows.
  func rows(at rows: [Int]) -> Self
}

extension HeadLoss {
  /// Turns the scores of all rows into their loss's slopes and returns the sum of the losses.
  func turnIntoSlopes(_ scores: inout Matrix<Float>) -> Double {
    var curvature = [Float](repeating: 0, count: self.scores)
    return addSlopes(of: 0..<scores.rows, to: &scores, curvature: &curvature)
  }
}

/// A loss that is convex in the scores, with what its solver needs to know of it.
protocol ConvexLoss: HeadLoss {
  /// Whether scores that all rise alike leave the loss as it is.
  static var ignoresCommonShift: Bool { get }

  /// Turns the slopes of `rows` into the slopes' own slopes, ∂²loss/∂score² [rows × scores].
  func turnIntoCurvatures(_ slopes: inout Matrix<Float>, of rows: Range<Int>)
  /// How often the rows count together in the loss by each score [scores].
  var masses: [Double] { get }
  /// The intercepts that are best where all weights are zero, or near that [scores].
  var restingIntercepts: [Double] { get }
}

extension ConvexLoss {
  /// Where a solver starts that knows nothing: no weights, [width × scores] with the intercepts last.
  func restingPoint(width: Int) -> [Double] {
    [Double](repeating: 0, count: (width - 1) * scores) + restingIntercepts
  }
}
