internal import Foundation
public import LinearAlgebra

/// How far the means and covariances of two sets of rows lie apart.
public struct CovarianceGap: Sendable, Hashable {
  /// ‖C_s − C_t‖²/4d² of the covariances (Sun and Saenko 2016).
  public let coral: Double
  /// The Fréchet distance of normal distributions of these means and covariances (Dowson and Landau 1982), squared:
  /// ‖μ_s − μ_t‖² + tr(C_s + C_t − 2·(C_s·C_t)^½).
  public let frechet: Double

  /// Measures sets of at least two rows, of which no more than the moments are known. O(d³).
  public init(_ source: FeatureMoments, _ target: FeatureMoments) throws(TransferError) {
    guard source.width == target.width else {
      throw .dimensions(source: source.width, target: target.width)
    }
    guard source.rows >= 2, target.rows >= 2 else { throw .tooFew(min(source.rows, target.rows), least: 2) }
    let (one, other) = (source.covariance, target.covariance)
    let difference = zip(one.elements, other.elements).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let width = Double(max(1, source.width))
    coral = difference / (4 * width * width)
    let shift = zip(source.means, target.means).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // The eigenvalues of C_s·C_t are those of the symmetric C_s^½·C_t·C_s^½.
    let root = one.power(0.5)
    let values = SymmetricEigen(root.times(other).times(root))?.values ?? []
    let traces = (0..<source.width).reduce(0.0) { $0 + one[$1, $1] + other[$1, $1] }
    frechet = max(0, shift + traces - 2 * values.reduce(0) { $0 + max(0, $1).squareRoot() })
  }
}

extension FeatureMoments {
  /// The unbiased covariance of the features [d × d].
  var covariance: Matrix<Double> {
    let scatter = scatter
    return Matrix(
      rows: width, columns: width, elements: scatter.elements.map { $0 / Double(max(1, rows - 1)) })
  }
}

extension Matrix<Double> {
  /// A power of a symmetric positive semidefinite matrix; eigenvalues that rounding left below zero count as zero, and of zero a negative
  /// power is zero.
  func power(_ exponent: Double) -> Matrix<Double> {
    guard let eigen = SymmetricEigen(self), let largest = eigen.values.last else { return self }
    let noise = Double(rows) * Swift.max(largest, 0).ulp
    var scaled = eigen.vectors
    for (row, value) in eigen.values.enumerated() {
      let factor = value > noise ? pow(value, exponent) : 0
      for column in 0..<columns { scaled[row, column] *= factor }
    }
    return eigen.vectors.times(scaled, transposingSelf: true)
  }
}
