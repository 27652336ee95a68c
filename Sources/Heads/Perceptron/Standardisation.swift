internal import LinearAlgebra

/// Features, and numbers to learn, moved and scaled to mean 0 and variance 1; constant ones are moved only.
struct Standardisation: Sendable {
  private let means: [Double]
  private let scales: [Double]
  /// Of the numbers to learn; 0 and 1 for classes and tags.
  private let target: (mean: Double, scale: Double)

  init(_ data: TrainingData, threads: Threads) {
    let means = data.features.columnMeans(threads: threads)
    let width = means.count
    var squares = [Double](repeating: 0, count: width)
    for row in 0..<data.count {
      for column in 0..<width {
        let difference = Double(data.features.elements[row * width + column]) - means[column]
        squares[column] += difference * difference
      }
    }
    self.means = means
    scales = zip(squares, means).map { Self.scale(($0 / Double(data.count)).squareRoot(), mean: $1) }
    if case .numbers(let numbers) = data.targets {
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
      target = (mean, Self.scale(variance.squareRoot(), mean: mean))
    } else {
      target = (0, 1)
    }
  }

  /// A deviation that is more than what rounding makes of a constant; 1 for a constant.
  private static func scale(_ deviation: Double, mean: Double) -> Double {
    deviation > 1e-6 * abs(mean) ? deviation : 1
  }

  /// The features standardised.
  func applied(to features: Matrix<Float>) -> Matrix<Float> {
    let width = means.count
    let elements = features.elements.enumerated().map { index, value in
      Float((Double(value) - means[index % width]) / scales[index % width])
    }
    return Matrix(rows: features.rows, columns: width, elements: elements)
  }

  /// The numbers to learn standardised.
  func applied(to targets: Targets) -> Targets {
    guard case .numbers(let numbers) = targets else { return targets }
    return .numbers(numbers.map { ($0 - target.mean) / target.scale })
  }

  /// The model that says of features what `model` says of standardised ones.
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
      hiddenBias: bias.map { Float($0) },
      outputWeights: Matrix(
        rows: units, columns: model.outputBias.count,
        elements: model.outputWeights.elements.map { Float(Double($0) * target.scale) }),
      outputBias: model.outputBias.map { Float(Double($0) * target.scale + target.mean) })
  }
}
