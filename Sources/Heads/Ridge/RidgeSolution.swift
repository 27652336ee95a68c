internal import LinearAlgebra

/// The weights of ridge regression at one penalty, (XcᵀXc + λI)⁻¹·XcᵀY, from statistics alone.
struct RidgeSolution: Sendable {
  /// One row an output [outputs × d].
  let weights: Matrix<Double>
  /// The mean target of each output [outputs].
  let intercepts: [Double]
  /// The mean of each feature [d].
  let means: [Double]
  /// How many rows it is learnt from.
  let rows: Int
  /// Σ ½(y − ŷ)² + λ/2·‖W‖².
  let objective: Double
  /// The norm of the objective's gradient, (XcᵀXc + λI)·W − XcᵀY: what rounding left of it.
  let gradientNorm: Double
  /// XcᵀXc + λI, factorised; nil where rounding hides that it is positive definite.
  private let factor: Cholesky?

  /// Solves for all outputs at once. O(d³ + outputs·d²).
  init(_ statistics: RidgeStatistics, penalty: Double) {
    var system = statistics.moments.scatter
    for index in 0..<system.rows { system[index, index] += penalty }
    let products = statistics.products
    factor = Cholesky(system)
    weights = factor?.solve(rowsOf: products) ?? Self.leastNorm(system, products)
    let gradient = zip(weights.times(system).elements, products.elements).map { $0 - $1 }
    gradientNorm = squaredNorm(gradient).squareRoot()
    // ½Σ(y − ȳ)² − tr(W·XcᵀY) + ½tr(W·(XcᵀXc + λI)·Wᵀ).
    objective =
      (statistics.variation - dot(weights.elements, products.elements) + dot(weights.elements, gradient)) / 2
    (intercepts, means, rows) = (statistics.intercepts, statistics.moments.means, statistics.rows)
  }

  /// The solution without what no more than rounding tells of.
  private static func leastNorm(_ system: Matrix<Double>, _ products: Matrix<Double>) -> Matrix<Double> {
    guard let eigen = SymmetricEigen(system), let largest = eigen.values.last else {
      return Matrix(rows: products.rows, columns: products.columns)
    }
    let least = Double(system.rows) * largest.ulp
    var coordinates = products.times(eigen.vectors, transposingOther: true)
    for row in 0..<coordinates.rows {
      for (column, value) in eigen.values.enumerated() {
        coordinates[row, column] = value > least ? coordinates[row, column] / value : 0
      }
    }
    return coordinates.times(eigen.vectors)
  }

  /// The linear model of the features themselves.
  func model() throws(HeadError) -> LinearModel {
    try LinearModel(centred: weights, intercepts: intercepts, means: means)
  }

  /// How much each centred row weighs on its own score, but for the mean's part: xᵀ(XcᵀXc + λI)⁻¹x; 0 where that is not known.
  private func leverages(of centred: Matrix<Double>) -> [Double] {
    factor.map { centred.rowProducts(with: $0.solve(rowsOf: centred)) }
      ?? [Double](repeating: 0, count: centred.rows)
  }

  /// What the model would say of rows that it was trained on, had each not been there [rows × outputs].
  func leaveOneOut(_ features: Matrix<Float>, targets: Targets, threads: Threads) -> Matrix<Float> {
    let outputs = intercepts.count
    let blocks = threads.mapBlocks(of: features.rows, by: 256) { range -> [Float] in
      let centred = features.rows(range, minus: means)
      let leverages = leverages(of: centred)
      let scores = centred.times(weights, transposingOther: true)
      var truth = [Double](repeating: 0, count: outputs)
      return range.flatMap { row in
        let place = row - range.lowerBound
        // λ > 0 keeps it above zero; rounding may not.
        let remainder = max(1 - 1 / Double(rows) - leverages[place], (1 / Double(rows)).ulp)
        targets.write(row: row, into: &truth)
        return truth.indices.map { output in
          let residual = truth[output] - scores[place, output] - intercepts[output]
          return Float(truth[output] - residual / remainder)
        }
      }
    }
    return Matrix(rows: features.rows, columns: outputs, elements: blocks.flatMap { $0 })
  }

  /// The same, where every row of a group is left out together with the row. The rows of a group have the same features; rows that
  /// stand in no group are left out alone.
  ///
  /// Such rows have one leverage h and one fitted score ŷ, so that without all m of them the score is ŷ − h·Σ(y − ŷ)/(1 − m·h).
  func leaveOneOut(
    _ features: Matrix<Float>, targets: Targets, groups: [[Int]], threads: Threads
  ) -> Matrix<Float> {
    var scores = leaveOneOut(features, targets: targets, threads: threads)
    let firsts = features.rows(at: groups.map { $0[0] })
    let centred = firsts.rows(0..<groups.count, minus: means)
    let leverages = leverages(of: centred)
    let fitted = centred.times(weights, transposingOther: true)
    var truth = [Double](repeating: 0, count: intercepts.count)
    for (place, group) in groups.enumerated() {
      let leverage = 1 / Double(rows) + leverages[place]
      let factor = leverage / max(1 - Double(group.count) * leverage, .ulpOfOne)
      var residuals = [Double](repeating: 0, count: intercepts.count)
      for row in group {
        targets.write(row: row, into: &truth)
        for output in truth.indices {
          residuals[output] += truth[output] - fitted[place, output] - intercepts[output]
        }
      }
      for row in group {
        for output in truth.indices {
          scores[row, output] = Float(fitted[place, output] + intercepts[output] - factor * residuals[output])
        }
      }
    }
    return scores
  }
}
