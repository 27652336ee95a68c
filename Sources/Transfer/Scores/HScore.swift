internal import LinearAlgebra

/// How much of what the features vary by lies between classes: tr(Σ⁻¹·Σ_z) (Bao and others 2019), where Σ is the features' covariance and
/// Σ_z that of their classes' means; Pillai's trace by another name.
///
/// With few rows Σ is no good estimate and has no inverse. It is shrunk by Ledoit and Wolf's share δ towards a multiple of the identity, and
/// the score by 1 − δ (Ibrahim, Ponomareva and Mazumder 2022).
public enum HScore {
  /// The score without shrinkage, from 0 to the lesser of d and the classes less one: greater is better. Directions that do not vary are
  /// left out. O(d³ + classes·d²).
  public static func plain(_ labelled: LabelledMoments) -> Double {
    guard let eigen = SymmetricEigen(labelled.moments.scatter), let largest = eigen.values.last else {
      return 0
    }
    let noise = Double(max(labelled.rows, labelled.moments.width)) * largest.ulp
    let coordinates = between(labelled).times(eigen.vectors, transposingOther: true)
    return (0..<coordinates.rows).reduce(0) { sum, group in
      zip(coordinates.row(group), eigen.values).reduce(sum) { $1.1 > noise ? $0 + $1.0 * $1.0 / $1.1 : $0 }
    }
  }

  /// The shrunk score. O(d³ + classes·d²).
  public static func shrunk(_ labelled: LabelledMoments) -> Double {
    let (rows, width) = (Double(max(1, labelled.rows)), labelled.moments.width)
    var covariance = labelled.moments.scatter
    for row in 0..<width {
      for column in 0..<width { covariance[row, column] /= rows }
    }
    let shrunk = LedoitWolf(covariance, fourthPowers: labelled.fourthPowers, rows: labelled.rows)
    guard let factor = shrunk.factor else { return 0 }
    let between = between(labelled)
    return (1 - shrunk.share) / rows * between.rowProducts(with: factor.solve(rowsOf: between)).reduce(0, +)
  }

  /// √n·(mean of a class − mean of all) for each class of n rows [classes × d]: Σ_z is their scatter over N.
  private static func between(_ labelled: LabelledMoments) -> Matrix<Double> {
    var sums = labelled.groups.centred(by: labelled.moments)
    for (group, count) in labelled.groups.counts.enumerated() where count > 0 {
      for column in 0..<sums.columns { sums[group, column] /= Double(count).squareRoot() }
    }
    return sums
  }
}
