internal import LinearAlgebra

/// Numbers to learn, moved and scaled to mean 0 and variance 1; classes and tags stay what they are.
struct NumberScaling: Sendable {
  private let mean: Double
  private let scale: Double

  init(of targets: Targets) {
    guard case .numbers(let numbers) = targets else {
      (mean, scale) = (0, 1)
      return
    }
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    (self.mean, scale) = (mean, Standardisation.scale(variance: variance, mean: mean))
  }

  /// The numbers standardised.
  func applied(to targets: Targets) -> Targets {
    guard case .numbers(let numbers) = targets else { return targets }
    return .numbers(numbers.map { ($0 - mean) / scale })
  }

  /// The network that gives numbers where `model` gives standardised ones.
  func undone(on model: PerceptronModel) throws(HeadError) -> PerceptronModel {
    let weights = model.outputWeights
    return try PerceptronModel(
      hiddenWeights: model.hiddenWeights, hiddenBias: model.hiddenBias,
      outputWeights: Matrix(
        rows: weights.rows, columns: weights.columns,
        elements: weights.elements.map { Float(Double($0) * scale) }),
      outputBias: model.outputBias.map { Float(Double($0) * scale + mean) })
  }
}
