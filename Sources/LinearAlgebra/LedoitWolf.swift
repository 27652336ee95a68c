/// How far a covariance that is estimated from few rows should be shrunk towards a multiple of the identity (Ledoit and Wolf 2004).
public enum LedoitWolf {
  /// β²/δ², from 0 to 1: with S the covariance of N centred rows x, μ = tr S/d, δ² = ‖S − μI‖²/d and
  /// β² = min(δ², (Σ‖x‖⁴ − N·‖S‖²)/(d·N²)). 1 where nothing varies. O(d²).
  ///
  /// - Parameters:
  ///   - covariance: S, the mean of x·xᵀ [d × d].
  ///   - fourthPowers: Σ‖x‖⁴.
  ///   - rows: N.
  /// - Returns: The share of the identity.
  public static func share(of covariance: Matrix<Double>, fourthPowers: Double, rows: Int) -> Double {
    let (rows, width) = (Double(rows), Double(max(1, covariance.columns)))
    let mean = (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] } / width
    let square = covariance.elements.reduce(0) { $0 + $1 * $1 }
    let distance = (square - mean * mean * width) / width
    let noise = (fourthPowers - rows * square) / (width * rows * rows)
    return distance > 0 ? min(distance, max(noise, 0)) / distance : 1
  }
}
