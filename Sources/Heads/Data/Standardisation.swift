internal import LinearAlgebra

/// Features moved and scaled to mean 0 and variance 1 over some rows; constant ones are moved only.
struct Standardisation: Sendable {
  private let means: [Double]
  private let scales: [Double]

  /// That of features [N × d], all rows counted. O(N·d).
  init(of features: Matrix<Float>, threads: Threads) {
    means = features.columnMeans(threads: threads)
    scales = zip(features.columnVariances(around: means, threads: threads), means).map {
      Self.scale(variance: $0, mean: $1)
    }
  }

  /// A deviation that is more than what rounding makes of a constant; 1 for a constant.
  static func scale(variance: Double, mean: Double) -> Double {
    let deviation = variance.squareRoot()
    return deviation > 1e-6 * abs(mean) ? deviation : 1
  }

  /// The features standardised, those of other rows too.
  func applied(to features: Matrix<Float>, threads: Threads) -> Matrix<Float> {
    features.standardised(means: means, scales: scales, threads: threads)
  }

  /// The rows standardised.
  func applied(to data: TrainingData, threads: Threads) throws(HeadError) -> TrainingData {
    try TrainingData(
      features: applied(to: data.features, threads: threads), targets: data.targets, weights: data.weights)
  }

  /// The model that says of features what `model` says of standardised ones: its weights are W/σ, its bias b − W·μ/σ.
  func undone(on model: LinearModel) throws(HeadError) -> LinearModel {
    let weights = model.weights
    let elements = weights.elements.enumerated().map { Double($1) / scales[$0 % weights.columns] }
    return try LinearModel(
      centred: Matrix(rows: weights.rows, columns: weights.columns, elements: elements),
      intercepts: model.bias.map { Double($0) }, means: means)
  }

  /// The same of a network, whose hidden layer alone reads features.
  func undone(on model: PerceptronModel) throws(HeadError) -> PerceptronModel {
    let units = model.hiddenBias.count
    var bias = model.hiddenBias.map { Double($0) }
    var weights: [Float] = []
    for input in means.indices {
      for unit in 0..<units {
        let weight = Double(model.hiddenWeights[input, unit]) / scales[input]
        weights.append(Float(weight))
        bias[unit] -= weight * means[input]
      }
    }
    return try PerceptronModel(
      hiddenWeights: Matrix(rows: means.count, columns: units, elements: weights),
      hiddenBias: bias.map { Float($0) }, outputWeights: model.outputWeights, outputBias: model.outputBias)
  }
}
