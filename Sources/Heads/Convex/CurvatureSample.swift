internal import LinearAlgebra

/// The rows that tell most of how each score's part of an objective curves at one θ, with weights that make up for the others.
///
/// A score's part of the Hessian is Σᵢ wᵢ·zᵢ·zᵢᵀ with wᵢ = ∂²loss/∂score². Rows are picked systematically, with a chance in proportion
/// to w (Madow 1949): whenever the sum of w passes another τ, its row is picked and stands for τ; a row whose own w is above τ is always
/// picked, and stands for itself.
struct CurvatureSample: Sendable {
  /// The rows picked for each score, and what each stands for.
  private(set) var picks: [[(row: Int, weight: Float)]]

  /// Picks about `count` rows for each score at θ; `spread` is the objective's there. The same rows on any number of threads. O(N·d·scores).
  init<Loss: ConvexLoss>(
    of objective: HeadObjective<Loss>, at parameters: [Double], spread: [Double], count: Int, threads: Threads
  ) {
    let packed = objective.packed(parameters)
    let shares = spread.map { Float($0 / Double(count)) }
    let partials = threads.fold(
      blocks: objective.blocks,
      into: {
        (
          picks: [[(row: Int, weight: Float)]](repeating: [], count: shares.count),
          sums: shares.map { $0 / 2 }
        )
      }
    ) { partial, block in
      var curvatures = objective.slopes(ofBlock: block, at: packed).slopes
      objective.loss.turnIntoCurvatures(&curvatures, of: objective.rows(ofBlock: block))
      for (index, row) in objective.rows(ofBlock: block).enumerated() {
        for (score, weight) in curvatures.row(index).enumerated() {
          partial.sums[score] += weight
          guard partial.sums[score] >= shares[score], weight > 0 else { continue }
          partial.picks[score].append((row, max(weight, shares[score])))
          partial.sums[score] -= max(weight, shares[score])
        }
      }
    }
    picks = shares.indices.map { score in partials.flatMap { $0.picks[score] } }
  }

  /// Σ weight·z·zᵀ over the rows picked for a score [(d + 1) × (d + 1)], whose upper triangle counts. O(count·d²).
  func scatter(ofScore score: Int, in coordinates: Matrix<Float>) -> Matrix<Float> {
    let width = coordinates.columns
    var scaled = Matrix<Float>(rows: picks[score].count, columns: width)
    for (index, pick) in picks[score].enumerated() {
      let (factor, start) = (pick.weight.squareRoot(), pick.row * width)
      scaled.fillRow(index) { row in
        for column in 0..<width { row[column] = factor * coordinates.elements[start + column] }
      }
    }
    return PackedMatrix(scaled).scatter(of: scaled)
  }
}
