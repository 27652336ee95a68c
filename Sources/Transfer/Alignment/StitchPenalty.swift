public import LinearAlgebra
internal import Foundation

extension Stitching {
  /// What the mean eigenvalue of Xcᵀ·Xc is multiplied by: powers of ten and their halves.
  private static let penaltyFactors = (-8...4).map { pow(10, Double($0) / 2) }

  /// The penalty of ``ridge(penalty:)`` where none is wanted: from 10⁻⁴ to 10² times the mean eigenvalue of Xcᵀ·Xc, that of the least
  /// leave-one-out error; of equals the largest. O(N·d·(d + d′·penalties) + d³).
  ///
  /// - Throws: ``TransferError`` when there are too few rows or all are the same.
  public static func usualPenalty(
    from source: Matrix<Float>, to target: Matrix<Float>, threads: Threads
  ) throws(TransferError) -> Double {
    precondition(source.rows == target.rows, "both spaces have the same rows")
    guard source.rows >= 3 else { throw .tooFew(source.rows, least: 3) }
    let centre = source.columnMeans(threads: threads)
    let system = source.scatter(around: centre, threads: threads)
    let scale = (0..<system.rows).reduce(0) { $0 + system[$1, $1] } / Double(system.rows)
    guard scale > 0, scale.isFinite, let eigen = SymmetricEigen(system) else {
      throw .setting(
        "the penalty of a stitch", problem: "cannot be chosen, for all rows of the source are the same")
    }
    let penalties = penaltyFactors.map { $0 * scale }
    let errors = leaveOneOutErrors(penalties, eigen, source, minus: centre, to: target, threads: threads)
    let best = errors.indices.reversed().min { errors[$0] < errors[$1] } ?? 0
    return penalties[best]
  }

  /// The sum of the squared errors of each row that is left out of the regression in its turn, for each penalty: each residual over 1 − h,
  /// where h = 1/N + Σ z²/(s + λ) by the row's places z along the eigenvectors, whose values are s (Allen 1974).
  static func leaveOneOutErrors(
    _ penalties: [Double], _ eigen: SymmetricEigen, _ source: Matrix<Float>, minus centre: [Double],
    to target: Matrix<Float>, threads: Threads
  ) -> [Double] {
    let shift = target.columnMeans(threads: threads)
    let products = eigen.vectors.times(
      Self.products(source, minus: centre, target, minus: shift, threads: threads))
    let inverses = penalties.map { penalty in eigen.values.map { 1 / (max($0, 0) + penalty) } }
    let maps = inverses.map { PackedDoubles(products.scalingRows(by: $0)) }
    let axes = PackedDoubles(eigen.vectors, transposed: true)
    let blockRows = 256
    let partials = threads.fold(
      blocks: (source.rows + blockRows - 1) / blockRows,
      into: { [Double](repeating: 0, count: penalties.count) }
    ) { sums, block in
      let rows = block * blockRows..<min(source.rows, (block + 1) * blockRows)
      let places = axes.product(source.rows(rows, minus: centre))
      let truth = target.rows(rows, minus: shift)
      for (index, map) in maps.enumerated() {
        let found = map.product(places)
        for row in 0..<rows.count {
          let leverage = zip(places.row(row), inverses[index]).reduce(1 / Double(source.rows)) {
            $0 + $1.0 * $1.0 * $1.1
          }
          let error = zip(truth.row(row), found.row(row)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          sums[index] += error / ((1 - leverage) * (1 - leverage))
        }
      }
    }
    return penalties.indices.map { index in partials.reduce(0) { $0 + $1[index] } }
  }
}

extension Matrix<Double> {
  /// Each row times its factor.
  fileprivate func scalingRows(by factors: [Double]) -> Matrix<Double> {
    Matrix(
      rows: rows, columns: columns,
      elements: elements.enumerated().map { $1 * factors[$0 / Swift.max(1, columns)] })
  }
}
