internal import Foundation

/// How an accuracy grows with the number of labelled rows: accuracy = ceiling − scale·rows^−exponent (Cortes and others 1994), fitted by
/// least squares.
public struct LearningCurve: Sendable, Hashable, Codable {
  /// What was measured with so many rows.
  public struct Point: Sendable, Hashable, Codable {
    /// How many rows.
    public let rows: Int
    /// The accuracy with them, or R².
    public let accuracy: Double

    /// A measurement.
    public init(rows: Int, accuracy: Double) { (self.rows, self.accuracy) = (rows, accuracy) }
  }

  /// What was measured, by ascending rows.
  public let points: [Point]
  /// What more rows approach.
  public let ceiling: Double
  /// What is missing with one row.
  public let scale: Double
  /// How fast the gap closes.
  public let exponent: Double

  /// Fits a curve; nil with fewer than three points.
  public init?(_ points: [Point]) {
    guard points.count >= 3 else { return nil }
    self.points = points
    let fits = (1...80).map { Self.fit(points, exponent: Double($0) / 40) }
    let best = fits.min { $0.error < $1.error } ?? fits[0]
    (ceiling, scale, exponent) = (best.ceiling, best.scale, best.exponent)
  }

  /// The accuracy that so many rows are to bring.
  public func accuracy(rows: Int) -> Double { ceiling - scale * pow(Double(rows), -exponent) }

  /// The line of least squares through the accuracies over rows^−exponent, for a ceiling of 1 at the most.
  private static func fit(
    _ points: [Point], exponent: Double
  ) -> (ceiling: Double, scale: Double, exponent: Double, error: Double) {
    let powers = points.map { pow(Double($0.rows), -exponent) }
    let count = Double(points.count)
    let (mean, level) = (
      powers.reduce(0, +) / count, points.reduce(0) { $0 + $1.accuracy } / count
    )
    let (square, product) = zip(powers, points).reduce((0.0, 0.0)) { sums, pair in
      let offset = pair.0 - mean
      return (sums.0 + offset * offset, sums.1 + offset * (pair.1.accuracy - level))
    }
    var scale = max(0, -product / square)
    var ceiling = level + scale * mean
    if ceiling > 1 {
      // Through (0, 1): the slope that leaves the least.
      let (squares, gaps) = zip(powers, points).reduce((0.0, 0.0)) {
        ($0.0 + $1.0 * $1.0, $0.1 + $1.0 * (1 - $1.1.accuracy))
      }
      (ceiling, scale) = (1, gaps / squares)
    }
    let error = zip(powers, points).reduce(0.0) { sum, pair in
      let miss = pair.1.accuracy - (ceiling - scale * pair.0)
      return sum + miss * miss
    }
    return (ceiling, scale, exponent, error)
  }
}
