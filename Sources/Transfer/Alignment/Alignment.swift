internal import Foundation
public import LinearAlgebra

/// Ways to bring a source's features to where a target's lie, so that a head that learns from the one serves the other. The target's stay as
/// they are.
public enum Alignment: Sendable, Hashable {
  /// Each feature gets the target's mean and variance.
  case moments
  /// The features get the target's covariance (correlation alignment, Sun, Feng and Saenko 2016): x·(C_s + λI)^−½·(C_t + λI)^½.
  case coral(penalty: Double)
  /// The source's leading principal axes are turned to those of the target that lie nearest (Fernando and others 2013): of the axes as columns,
  /// P_s·P_sᵀ·P_t·P_tᵀ around the means.
  case subspace(axes: Int)

  /// The map from the source's features to the target's, of which no more than the moments are known. O(d³).
  ///
  /// - Throws: ``TransferError`` when the features differ in length, there are too few rows or an option is out of its range.
  public func map(from source: FeatureMoments, to target: FeatureMoments) throws(TransferError) -> FeatureMap
  {
    guard source.width == target.width else {
      throw .dimensions(source: source.width, target: target.width)
    }
    guard source.rows >= 2, target.rows >= 2 else { throw .tooFew(min(source.rows, target.rows), least: 2) }
    switch self {
    case .moments: return Self.momentMatching(source, target)
    case .coral(let penalty):
      guard penalty >= 0, penalty.isFinite else {
        throw .setting("the penalty of an alignment", problem: "is \(penalty); it must be 0 or greater")
      }
      let matrix = source.covariance.adding(penalty).power(-0.5)
        .times(target.covariance.adding(penalty).power(0.5))
      let nothing = [Double](repeating: 0, count: source.width)
      return FeatureMap(centre: nothing, matrix: matrix, shift: nothing)
    case .subspace(let axes):
      guard (1...source.width).contains(axes) else {
        throw .setting("the number of axes", problem: "is \(axes); there are \(source.width)")
      }
      let (own, other) = (source.leadingAxes(axes), target.leadingAxes(axes))
      let turned = own.times(other, transposingOther: true).times(other)
      return FeatureMap(
        centre: source.means, matrix: own.times(turned, transposingSelf: true), shift: target.means)
    }
  }

  /// The penalty of `coral` where none is wanted: the mean variance of a feature, on both sides. The paper adds the identity to covariances of
  /// features of variance 1; with much less, directions in which the source hardly varies are blown up.
  public static func usualPenalty(from source: FeatureMoments, to target: FeatureMoments) -> Double {
    let covariances = [source.covariance, target.covariance]
    let variances = covariances.map { covariance in
      (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] } / Double(max(1, covariance.rows))
    }
    return variances.reduce(0, +) / 2
  }

  /// The number of axes of `subspace` where none is wanted: so many have nine tenths of the source's variance. O(d³).
  public static func usualAxes(of source: FeatureMoments) -> Int {
    let values = (SymmetricEigen(source.scatter)?.values ?? []).reversed()
    var rest = 0.9 * values.reduce(0, +)
    let count = values.prefix { value in
      defer { rest -= value }
      return rest > 0
    }.count
    return max(1, count)
  }

  private static func momentMatching(_ source: FeatureMoments, _ target: FeatureMoments) -> FeatureMap {
    let (one, other) = (source.covariance, target.covariance)
    var matrix = Matrix<Double>(rows: source.width, columns: source.width)
    for column in 0..<source.width {
      // A feature that is constant in the source has no scale of its own.
      let ratio = one[column, column] > 0 ? other[column, column] / one[column, column] : 0
      matrix[column, column] = ratio.squareRoot()
    }
    return FeatureMap(centre: source.means, matrix: matrix, shift: target.means)
  }
}

extension FeatureMoments {
  /// The directions in which the rows vary most, one a row [count × d].
  fileprivate func leadingAxes(_ count: Int) -> Matrix<Double> {
    guard let eigen = SymmetricEigen(scatter) else { return Matrix(rows: 0, columns: width) }
    return eigen.vectors.rows(at: Array((0..<width).reversed().prefix(count)))
  }
}

extension Matrix<Double> {
  /// With a number added to the diagonal.
  fileprivate func adding(_ value: Double) -> Matrix<Double> {
    var sum = self
    for index in 0..<rows { sum[index, index] += value }
    return sum
  }
}
