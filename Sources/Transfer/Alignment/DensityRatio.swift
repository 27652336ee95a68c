internal import Foundation
public import LinearAlgebra

/// How many times as likely rows are in a target as in a source, told from a classifier of the two (Bickel, Brückner and Scheffer 2007):
/// p_t(x)/p_s(x) = exp(x·coefficients + intercept).
///
/// A source's rows that count so often stand for the target's, where the labels depend on the features alike in both (covariate shift).
public struct DensityRatio: Sendable, Hashable {
  /// What each feature adds to the logarithm [d].
  public let coefficients: [Float]
  /// What is added besides.
  public let intercept: Float

  /// A ratio of its parts.
  public init(coefficients: [Float], intercept: Float) {
    (self.coefficients, self.intercept) = (coefficients, intercept)
  }

  /// How often each of the source's rows [N × d] is to count, 1 in the mean [N]: its ratio, and no less than a millionth of the greatest,
  /// so that none is lost. O(N·d).
  ///
  /// - Throws: ``TransferError/dimensions(source:target:)`` when the features have another length.
  public func weights(of features: Matrix<Float>) throws(TransferError) -> [Float] {
    guard features.columns == coefficients.count else {
      throw .dimensions(source: features.columns, target: coefficients.count)
    }
    let logarithms = (0..<features.rows).map { row in
      zip(features.row(row), coefficients).reduce(Double(intercept)) { $0 + Double($1.0) * Double($1.1) }
    }
    // The greatest is taken away first, so that no power overflows; the mean takes it out again.
    let greatest = logarithms.max() ?? 0
    let ratios = logarithms.map { max(1e-6, exp($0 - greatest)) }
    let mean = ratios.reduce(0, +) / Double(max(1, ratios.count))
    return ratios.map { Float($0 / mean) }
  }

  /// How many rows that count once would tell as much as these (Kish 1965): (Σ w)²/Σ w².
  public static func effectiveRows(of weights: [Float]) -> Double {
    let (sum, squares) = weights.reduce((0.0, 0.0)) { ($0.0 + Double($1), $0.1 + Double($1) * Double($1)) }
    return squares > 0 ? sum * sum / squares : 0
  }
}
