public import LinearAlgebra

/// What scores of transferability need to know of rows and their classes or tags, and no more: the features' moments, and what the rows
/// of each class or tag sum up to.
public struct LabelledMoments: Sendable {
  /// The moments of the features [N × d].
  let moments: FeatureMoments
  /// The sums of the rows of each class or tag.
  let groups: GroupSums
  /// Σ ‖x − mean‖⁴.
  let fourthPowers: Double
  /// Σ x·xᵀ = V·diag(σ)·Vᵀ over the rows, of which the directions that no row has a part in are left out: σ ascending, V's columns as
  /// rows [axes × d].
  let spectrum: (values: [Double], axes: Matrix<Double>)

  /// Of features [N × d] and their moments; `groupsOfRow` names the classes or tags of a row. O(N·d + d³).
  public init(
    _ features: Matrix<Float>, _ moments: FeatureMoments, groups: Int, threads: Threads,
    of groupsOfRow: @Sendable (Int) -> ArraySlice<Int32>
  ) {
    self.moments = moments
    self.groups = GroupSums(
      features, groups: groups, scaledAs: moments, threads: threads, of: groupsOfRow)
    let means = moments.means
    fourthPowers = threads.mapBlocks(of: features.rows, by: 512) { range in
      let centred = features.rows(range, minus: means)
      return centred.rowProducts(with: centred).reduce(0) { $0 + $1 * $1 }
    }.reduce(0, +)
    spectrum = Self.spectrum(of: moments)
  }

  private static func spectrum(of moments: FeatureMoments) -> (values: [Double], axes: Matrix<Double>) {
    var products = moments.scatter
    let (means, rows) = (moments.means, Double(moments.rows))
    for row in means.indices {
      for column in means.indices { products[row, column] += rows * means[row] * means[column] }
    }
    guard let eigen = SymmetricEigen(products), let largest = eigen.values.last else {
      return ([], Matrix(rows: 0, columns: means.count))
    }
    let noise = Double(max(moments.rows, moments.width)) * largest.ulp
    let kept = eigen.values.indices.filter { eigen.values[$0] > noise }
    return (kept.map { eigen.values[$0] }, eigen.vectors.rows(at: kept))
  }

  /// How many rows.
  var rows: Int { moments.rows }

  /// Σ x over the rows of each group [groups × d].
  var sums: Matrix<Double> {
    var sums = groups.centred(by: moments)
    let means = moments.means
    for (group, count) in groups.counts.enumerated() {
      for column in means.indices { sums[group, column] += Double(count) * means[column] }
    }
    return sums
  }
}
