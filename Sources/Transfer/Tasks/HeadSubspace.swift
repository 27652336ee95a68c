public import LinearAlgebra

/// The directions of the features that a linear head looks at: the row space of its weights.
public struct HeadSubspace: Sendable {
  /// Directions that are orthogonal and of length 1, one a row [rank × d].
  let axes: Matrix<Double>

  /// The space of weights [outputs × d]; directions that hold no more than rounding are left out. O(outputs·d² + d³).
  ///
  /// - Parameters:
  ///   - weights: One row an output.
  ///   - compares: Whether only the differences between the outputs count, as where one class is right: what is added to all of them alike
  ///     then changes no answer.
  public init(weights: Matrix<Double>, compares: Bool) {
    var weights = weights
    if compares {
      for column in 0..<weights.columns {
        let mean = (0..<weights.rows).reduce(0) { $0 + weights[$1, column] } / Double(max(1, weights.rows))
        for row in 0..<weights.rows { weights[row, column] -= mean }
      }
    }
    guard let eigen = SymmetricEigen(weights.times(weights, transposingSelf: true)),
      let largest = eigen.values.last
    else {
      axes = Matrix(rows: 0, columns: weights.columns)
      return
    }
    let noise = Double(max(weights.rows, weights.columns)) * largest.ulp
    axes = eigen.vectors.rows(at: eigen.values.indices.filter { eigen.values[$0] > noise })
  }

  /// How many directions there are.
  public var rank: Int { axes.rows }

  /// The mean squared cosine of the principal angles between the spaces (Björck and Golub 1973), ‖U·Vᵀ‖²/min(ranks): 1 where one holds
  /// the other, 0 where they are at right angles; nil where one has no direction. O(ranks·d).
  public func similarity(to other: HeadSubspace) -> Double? {
    let least = min(rank, other.rank)
    guard least > 0, axes.columns == other.axes.columns else { return nil }
    let cosines = axes.times(other.axes, transposingOther: true)
    return cosines.elements.reduce(0) { $0 + $1 * $1 } / Double(least)
  }

  /// What the similarity of spaces of these ranks is in the mean where their directions are drawn by chance: the greater rank over d.
  public func chance(with other: HeadSubspace) -> Double {
    Double(max(rank, other.rank)) / Double(max(1, axes.columns))
  }
}
