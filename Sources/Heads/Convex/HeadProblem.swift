internal import LinearAlgebra

/// Training data as an objective, and the way from its θ to a head and back.
struct HeadProblem<Loss: ConvexLoss>: Sendable {
  let targets: Targets
  let objective: HeadObjective<Loss>
  /// The mean of each feature [d].
  private let means: [Double]
  /// The axes of the model of the curvature that all scores share; nil where each has its own.
  private let axes: PrincipalAxes?

  /// Centres the features. O(N·d), and O(N·d² + d³) where scores share their model of the curvature.
  init(_ data: TrainingData, loss: Loss, threads: Threads) {
    targets = data.targets
    means = data.features.columnMeans(threads: threads)
    objective = HeadObjective(
      coordinates: data.features.centredBesideOnes(means: means, threads: threads), loss: loss)
    let hasOwnBlocks = CurvatureModel.hasOwnBlocks(
      rows: data.count, width: means.count, scores: loss.scores)
    axes = hasOwnBlocks ? nil : PrincipalAxes(of: data.features, threads: threads)
  }

  /// The solver of this problem, or of the objective of some of its rows, at a penalty.
  func solver(
    of objective: HeadObjective<Loss>? = nil, penalty: Double, tolerance: Double, threads: Threads
  ) -> HeadSolver<Loss> {
    HeadSolver(
      objective: objective ?? self.objective, axes: axes, penalty: penalty, tolerance: tolerance,
      threads: threads)
  }

  /// θ as a model of the features themselves. Where a shift of all scores changes nothing, the intercepts sum to zero.
  func model(_ parameters: [Double]) throws(HeadError) -> LinearModel {
    let scores = objective.loss.scores
    let weights = Matrix(
      rows: means.count, columns: scores, elements: Array(parameters[..<(means.count * scores)])
    ).transposed()
    let bias = LinearModel.bias(
      of: weights, intercepts: Array(parameters[(means.count * scores)...]), means: means)
    let mean = Loss.ignoresCommonShift ? bias.reduce(0, +) / Double(scores) : 0
    return try LinearModel(weights: weights.converted(), bias: bias.map { Float($0 - mean) })
  }

  /// θ of a head; nil when it is not linear, or has other answers or another width.
  func parameters(of head: Head) -> [Double]? {
    guard case .linear(let model) = head.model, head.answers.matches(targets.answers),
      head.width == means.count
    else { return nil }
    let weights: Matrix<Double> = model.weights.converted()
    let intercepts = model.bias.indices.map { score in
      Double(model.bias[score]) + zip(weights.row(score), means).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return weights.transposed().elements + intercepts
  }
}
