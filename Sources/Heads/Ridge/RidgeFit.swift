internal import LinearAlgebra

/// The closed form of ridge regression in the principal axes, for a list of penalties at once.
struct RidgeFit: Sendable {
  let data: TrainingData
  let penalties: [Double]
  let axes: PrincipalAxes
  /// The mean target of each class [classes]: the intercepts of centred features.
  let intercepts: [Double]
  /// What the targets have in common with each axis, Zᵀ·Y [axes × classes].
  let correlations: Matrix<Double>

  /// The statistics of `data`. O(N·d² + d³).
  init(_ data: TrainingData, penalties: [Double], threads: Threads) {
    self.data = data
    self.penalties = penalties
    axes = PrincipalAxes(of: data.features, threads: threads)
    let (rows, classCounts) = (Double(data.labels.count), data.labels.counts)
    intercepts = classCounts.map { 2 * Double($0) / rows - 1 }
    // A target is 2·(1 or 0) − 1, and centred features sum to zero: Xcᵀ·Y is twice the sum of each class's rows.
    var sums = Matrix<Double>(rows: classCounts.count, columns: data.features.columns)
    let means = axes.means
    var elements = sums.elements
    for (row, class_) in data.labels.indices.enumerated() {
      let (source, target) = (row * means.count, Int(class_) * means.count)
      for column in means.indices {
        elements[target + column] += 2 * (Double(data.features.elements[source + column]) - means[column])
      }
    }
    sums = Matrix(rows: classCounts.count, columns: means.count, elements: elements)
    correlations = axes.axes.times(sums, transposingOther: true)
  }

  /// The weights along the axes at one penalty [axes × classes]: (Λ + λ)⁻¹·Zᵀ·Y.
  func weights(penalty: Int) -> Matrix<Double> {
    let classes = correlations.columns
    let elements = correlations.elements.enumerated().map { index, value in
      value / (axes.variations[index / classes] + penalties[penalty])
    }
    return Matrix(rows: correlations.rows, columns: classes, elements: elements)
  }

  /// The norm of the objective's gradient, (Λ + λ)·W − Zᵀ·Y: what rounding left of it.
  func gradientNorm(penalty: Int) -> Double {
    let (weights, classes) = (weights(penalty: penalty), correlations.columns)
    let gradient = weights.elements.indices.map { index in
      (axes.variations[index / classes] + penalties[penalty]) * weights.elements[index]
        - correlations.elements[index]
    }
    return squaredNorm(gradient).squareRoot()
  }
}
