internal import LinearAlgebra

/// The axes along which features vary, with how much they vary along each: Xcᵀ·Xc = V·diag(Λ)·Vᵀ of the centred features.
///
/// Axes along which nothing varies are left out: a constant feature, or d − N + 1 axes when there are fewer rows than
/// features. A penalised weight along them is zero at every optimum.
struct PrincipalAxes: Sendable {
  /// The mean of each feature [d].
  let means: [Double]
  /// The sum of squares along each axis [axes], positive, ascending.
  let variations: [Double]
  /// One axis a row [axes × d], orthonormal.
  let axes: Matrix<Double>

  /// One pass over the features for their moments, and one eigendecomposition. O(N·d² + d³).
  init(of features: Matrix<Float>, threads: Threads) {
    self.init(FeatureMoments(features, threads: threads))
  }

  /// The axes of features of which no more than the moments are known. O(d³).
  init(_ moments: FeatureMoments) {
    means = moments.means
    guard let eigen = SymmetricEigen(moments.scatter), let largest = eigen.values.last else {
      variations = []
      axes = Matrix(rows: 0, columns: moments.width)
      return
    }
    // What rounding alone makes of a zero eigenvalue.
    let noise = Double(max(moments.rows, moments.width)) * largest.ulp
    let kept = eigen.values.indices.filter { eigen.values[$0] > noise }
    variations = kept.map { eigen.values[$0] }
    axes = eigen.vectors.rows(at: kept)
  }

  /// How many axes there are.
  var count: Int { variations.count }

  /// The model that scores features as `weights` [axes × outputs] and `intercepts` [outputs] score their coordinates.
  func model(weights: Matrix<Double>, intercepts: [Double]) throws(HeadError) -> LinearModel {
    try LinearModel(
      centred: weights.times(axes, transposingSelf: true), intercepts: intercepts, means: means)
  }
}
