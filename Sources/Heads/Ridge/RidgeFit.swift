internal import LinearAlgebra

/// The closed form of ridge regression in the principal axes, for a list of penalties at once.
struct RidgeFit: Sendable {
  let data: TrainingData
  let penalties: [Double]
  let axes: PrincipalAxes
  /// The mean target of each output [outputs]: the intercepts of centred features.
  let intercepts: [Double]
  /// What the targets have in common with each axis, Zᵀ·Y [axes × outputs].
  let correlations: Matrix<Double>

  /// The statistics of `data`. O(N·d² + d³).
  init(_ data: TrainingData, penalties: [Double], threads: Threads) {
    self.data = data
    self.penalties = penalties
    axes = PrincipalAxes(of: data.features, threads: threads)
    intercepts = data.targets.means
    correlations = axes.axes.times(
      data.targets.products(with: data.features, minus: axes.means), transposingOther: true)
  }

  /// The weights along the axes at one penalty [axes × outputs]: (Λ + λ)⁻¹·Zᵀ·Y.
  func weights(penalty: Int) -> Matrix<Double> {
    let outputs = correlations.columns
    let elements = correlations.elements.enumerated().map { index, value in
      value / (axes.variations[index / outputs] + penalties[penalty])
    }
    return Matrix(rows: correlations.rows, columns: outputs, elements: elements)
  }

  /// The norm of the objective's gradient, (Λ + λ)·W − Zᵀ·Y: what rounding left of it.
  func gradientNorm(penalty: Int) -> Double {
    let (weights, outputs) = (weights(penalty: penalty), correlations.columns)
    let gradient = weights.elements.indices.map { index in
      (axes.variations[index / outputs] + penalties[penalty]) * weights.elements[index]
        - correlations.elements[index]
    }
    return squaredNorm(gradient).squareRoot()
  }
}

extension Targets {
  /// The mean of each output [outputs].
  fileprivate var means: [Double] {
    switch self {
    case .classes(let labels): labels.counts.map { 2 * Double($0) / Double(count) - 1 }
    case .tags(let labels): labels.counts.map { 2 * Double($0) / Double(count) - 1 }
    case .numbers(let numbers): [numbers.reduce(0, +) / Double(count)]
    }
  }

  /// Yᵀ·(X − means), [outputs × d]. O(d) a class or tag that a row has.
  fileprivate func products(with features: Matrix<Float>, minus means: [Double]) -> Matrix<Double> {
    let width = means.count
    var sums = [Double](repeating: 0, count: answers.count * width)
    func add(row: Int, to output: Int, times factor: Double) {
      let (source, target) = (row * width, output * width)
      for column in 0..<width {
        sums[target + column] += factor * (Double(features.elements[source + column]) - means[column])
      }
    }
    // A target of ±1 is 2·(1 or 0) − 1, and centred features sum to zero: the product is twice the sum of the rows that have it.
    switch self {
    case .classes(let labels):
      for (row, class_) in labels.indices.enumerated() { add(row: row, to: Int(class_), times: 2) }
    case .tags(let labels):
      for (row, tags) in labels.indices.enumerated() {
        for tag in tags { add(row: row, to: Int(tag), times: 2) }
      }
    case .numbers(let numbers):
      for (row, number) in numbers.enumerated() { add(row: row, to: 0, times: number) }
    }
    return Matrix(rows: answers.count, columns: width, elements: sums)
  }
}
