/// A covariance that is estimated from few rows, shrunk towards a multiple of the identity by the share that Ledoit and Wolf (2004) found
/// best: (1 − share)·S + share·μ·I, where S is the covariance of N centred rows x, μ = tr S/d, and the share is β²/δ² with
/// δ² = ‖S − μI‖²/d and β² = min(δ², (Σ‖x‖⁴ − N·‖S‖²)/(d·N²)).
public struct LedoitWolf: Sendable {
  /// From 0 to 1; 1 where nothing varies.
  public let share: Double
  /// The shrunk covariance, factorised; nil where nothing varies, so that all directions count alike.
  public let factor: Cholesky?

  /// Shrinks a covariance. O(d³).
  ///
  /// - Parameters:
  ///   - covariance: S, the mean of x·xᵀ [d × d].
  ///   - fourthPowers: Σ‖x‖⁴.
  ///   - rows: N.
  public init(_ covariance: Matrix<Double>, fourthPowers: Double, rows: Int) {
    let (rows, width) = (Double(rows), Double(max(1, covariance.columns)))
    let mean = (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] } / width
    let square = covariance.elements.reduce(0) { $0 + $1 * $1 }
    let distance = (square - mean * mean * width) / width
    let noise = (fourthPowers - rows * square) / (width * rows * rows)
    let share = distance > 0 ? min(distance, max(noise, 0)) / distance : 1
    self.share = share
    var shrunk = Matrix<Double>(
      rows: covariance.rows, columns: covariance.columns,
      elements: covariance.elements.map { $0 * (1 - share) })
    // Without shrinkage, rounding alone may leave a direction in which nothing varies.
    for index in 0..<shrunk.rows { shrunk[index, index] += max(share, Double(shrunk.rows).ulp) * mean }
    factor = mean > 0 ? Cholesky(shrunk) : nil
  }
}
