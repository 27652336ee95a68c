internal import LinearAlgebra

/// The closed form of ridge regression in the principal axes, for a list of penalties at once.
struct RidgeFit: Sendable {
  let data: TrainingData
  let penalties: [Double]
  let axes: PrincipalAxes
  /// The mean target of each output [outputs]: the intercepts of centred features.
  let intercepts: [Double]
  /// What the targets have in common with each axis, Zᵀ·Y [axes × outputs].
  let correlations: Matrix<Double>

  /// From `data` and its statistics. O(d³).
  init(_ data: TrainingData, _ statistics: RidgeStatistics, penalties: [Double]) {
    self.data = data
    self.penalties = penalties
    axes = PrincipalAxes(statistics.moments)
    intercepts = statistics.intercepts
    correlations = axes.axes.times(statistics.products, transposingOther: true)
  }

  /// The weights along the axes at one penalty [axes × outputs]: (Λ + λ)⁻¹·Zᵀ·Y.
  func weights(penalty: Int) -> Matrix<Double> {
    let outputs = correlations.columns
    let elements = correlations.elements.enumerated().map { index, value in
      value / (axes.variations[index / outputs] + penalties[penalty])
    }
    return Matrix(rows: correlations.rows, columns: outputs, elements: elements)
  }
}
