internal import LinearAlgebra

/// Training data as an objective, and the way from its θ to a head and back.
struct LogisticProblem: Sendable {
  let labels: ClassLabels
  let objective: SoftmaxObjective
  /// The mean of each feature [d].
  private let means: [Double]
  /// The axes of the model of the curvature that all classes share; nil where each has its own.
  private let axes: PrincipalAxes?

  /// Centres the features. O(N·d), and O(N·d² + d³) where classes share their model of the curvature.
  init(_ data: TrainingData, threads: Threads) throws(HeadError) {
    labels = try data.classLabels(for: .logistic)
    means = data.features.columnMeans(threads: threads)
    objective = SoftmaxObjective(
      coordinates: data.features.centredBesideOnes(means: means, threads: threads), labels: labels.indices,
      classes: labels.classes.count)
    let hasOwnBlocks = CurvatureModel.hasOwnBlocks(
      rows: labels.count, width: means.count, scores: labels.classes.count)
    axes = hasOwnBlocks ? nil : PrincipalAxes(of: data.features, threads: threads)
  }

  /// The solver of this problem, or of the objective of some of its rows, at a penalty.
  func solver(
    of objective: SoftmaxObjective? = nil, penalty: Double, tolerance: Double, threads: Threads
  ) -> HeadSolver<SoftmaxLoss> {
    HeadSolver(
      objective: objective ?? self.objective, axes: axes, penalty: penalty, tolerance: tolerance,
      threads: threads)
  }

  /// θ as a head of the features themselves. Of all intercepts with the same probabilities, those that sum to zero.
  func head(_ parameters: [Double]) throws(HeadError) -> Head {
    let classes = labels.classes.count
    let weights = Matrix(
      rows: means.count, columns: classes, elements: Array(parameters[..<(means.count * classes)])
    ).transposed()
    let bias = (0..<classes).map { class_ in
      parameters[means.count * classes + class_]
        - zip(weights.row(class_), means).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let mean = bias.reduce(0, +) / Double(classes)
    let model = try LinearModel(weights: weights.converted(), bias: bias.map { Float($0 - mean) })
    return try Head(answers: .oneOf(labels.classes), model: .linear(model))
  }

  /// θ of a head; nil when it is not linear, or has other classes or another width.
  func parameters(of head: Head) -> [Double]? {
    guard case .linear(let model) = head.model, head.answers.matches(.oneOf(labels.classes)),
      head.width == means.count
    else { return nil }
    let weights: Matrix<Double> = model.weights.converted()
    let intercepts = model.bias.indices.map { class_ in
      Double(model.bias[class_]) + zip(weights.row(class_), means).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return weights.transposed().elements + intercepts
  }
}
