internal import LinearAlgebra

/// The covariance that rows have around the means of their classes, shrunk as ``LedoitWolf`` does.
struct PooledCovariance: Sendable {
  private let shrunk: LedoitWolf

  /// The covariance of features around the means of the rows' classes. O(N·d² + d³).
  init(_ features: Matrix<Float>, labels: ClassLabels, means: ClassMeans, threads: Threads) {
    let (rows, width) = (Double(features.rows), features.columns)
    let covariance = features.scatter(around: means.centre, threads: threads)
    // What varies around the classes' means is what varies around the mean of all, less what varies between them.
    let weighted = means.means.elements.enumerated().map { index, value in
      value * Double(means.counts[index / max(1, width)])
    }
    let between = Matrix(rows: means.means.rows, columns: width, elements: weighted)
      .times(means.means, transposingSelf: true)
    let elements = zip(covariance.elements, between.elements).map { ($0 - $1) / rows }
    let pooled = Matrix(rows: width, columns: width, elements: elements)
    let fourths = Self.fourthPowers(features, labels: labels, means: means, threads: threads)
    shrunk = LedoitWolf(pooled, fourthPowers: fourths, rows: features.rows)
  }

  /// From 0 to 1.
  var shrinkage: Double { shrunk.share }

  /// Σ⁻¹x of each row.
  func solve(rowsOf rows: Matrix<Double>) -> Matrix<Double> {
    shrunk.factor?.solve(rowsOf: rows) ?? rows
  }

  /// xᵀΣ⁻¹x of each row.
  func squaredLengths(of rows: Matrix<Double>) -> [Double] {
    rows.rowProducts(with: solve(rowsOf: rows))
  }

  /// Σ ‖x‖⁴ of the rows around their classes' means.
  private static func fourthPowers(
    _ features: Matrix<Float>, labels: ClassLabels, means: ClassMeans, threads: Threads
  ) -> Double {
    let sums = threads.mapBlocks(of: features.rows, by: 512) { range in
      let centred = features.rows(range, minus: means.centre)
      return range.reduce(0.0) { sum, row in
        let mean = means.means.row(Int(labels.indices[row]))
        let square = zip(centred.row(row - range.lowerBound), mean).reduce(0.0) { sum, pair in
          let difference = pair.0 - pair.1
          return sum + difference * difference
        }
        return sum + square * square
      }
    }
    return sums.reduce(0, +)
  }
}
