internal import LinearAlgebra

/// A model of an objective's Hessian at one θ, whose inverse L-BFGS corrects: what the scores have to do with each other is left out.
///
/// Where rows are plentiful, each score has a block of its own, from a sample of the rows on which it depends; it is shrunk towards
/// what all scores have in common, as far as the sample is small. Where there are few rows, or too many scores to keep a block for
/// each, all share the features' principal axes: along axis j, score k curves like cₖ·Λⱼ + λ, where cₖ is its mean curvature. This is
/// Böhning's bound (1992) with each class's own curvature in place of the ½ that bounds them all.
struct CurvatureModel: Sendable {
  private enum Form: Sendable {
    case own([Cholesky])
    case shared(SharedAxes)
  }

  private let form: Form
  private let scores: Int
  private let ignoresCommonShift: Bool

  /// How many rows a feature needs before blocks of their own pay.
  private static let rowsPerFeature = 32
  /// How many values all blocks together may have.
  private static let blockValues = 1 << 25

  /// Whether scores have blocks of their own.
  static func hasOwnBlocks(rows: Int, width: Int, scores: Int) -> Bool {
    rows >= rowsPerFeature * width && width * width * scores <= blockValues
  }

  /// The model at θ, where the objective has the `spread`; nil when that is not finite. Without `axes` scores have blocks of their own.
  init?<Loss: ConvexLoss>(
    of objective: HeadObjective<Loss>, at parameters: [Double], spread: [Double], penalty: Double,
    axes: PrincipalAxes?, threads: Threads
  ) {
    let rows = objective.coordinates.rows
    scores = objective.loss.scores
    ignoresCommonShift = Loss.ignoresCommonShift
    if let axes {
      form = .shared(
        SharedAxes(axes: axes, curvatures: spread.map { $0 / Double(rows) }, rows: rows, penalty: penalty))
      return
    }
    let width = objective.coordinates.columns
    // As many as take about as long as two evaluations of the objective do; beyond four a feature, more say little more.
    let count = min(8 * rows / width, 4 * width)
    let sample = CurvatureSample(
      of: objective, at: parameters, spread: spread, count: count, threads: threads)
    let own = threads.map(scores) { sample.scatter(ofScore: $0, in: objective.coordinates) }
    let common = Self.common(own, spread: spread, threads: threads)
    let trust = Double(count) / Double(count + width)
    let blocks = threads.map(scores) { score in
      Self.factored(
        own[score], share: trust, common: common, share: (1 - trust) * spread[score], penalty: penalty)
    }
    guard blocks.allSatisfy({ $0 != nil }) else { return nil }
    form = .own(blocks.compactMap { $0 })
  }

  /// The model's inverse Hessian times a gradient [(d + 1) × scores].
  func solve(_ gradient: [Double], threads: Threads) -> [Double] {
    let right = Matrix(rows: gradient.count / scores, columns: scores, elements: gradient)
    switch form {
    case .own(let blocks):
      let rows = withoutCommonShift(right).transposed()
      let solutions = threads.map(scores) { blocks[$0].solve(Array(rows.row($0))) }
      let solved = Matrix(rows: scores, columns: right.rows, elements: solutions.flatMap { $0 })
      return withoutCommonShift(solved.transposed()).elements
    case .shared(let axes):
      return withoutCommonShift(axes.solve(withoutCommonShift(right))).elements
    }
  }

  /// Each row less its mean, where scores that all rise alike change nothing.
  private func withoutCommonShift(_ matrix: Matrix<Double>) -> Matrix<Double> {
    guard ignoresCommonShift else { return matrix }
    let elements = (0..<matrix.rows).flatMap { row in
      let mean = matrix.row(row).reduce(0, +) / Double(scores)
      return matrix.row(row).map { $0 - mean }
    }
    return Matrix(rows: matrix.rows, columns: scores, elements: elements)
  }

  /// What the scores' own scatters add up to for one unit of curvature [(d + 1) × (d + 1)].
  private static func common(_ own: [Matrix<Float>], spread: [Double], threads: Threads) -> Matrix<Double> {
    let (width, total) = (own[0].columns, spread.reduce(0, +))
    let rows = threads.map(width) { row in
      var sum = [Double](repeating: 0, count: width)
      for matrix in own {
        for column in row..<width { sum[column] += Double(matrix.elements[row * width + column]) }
      }
      return sum.map { $0 / total }
    }
    return Matrix(rows: width, columns: width, elements: rows.flatMap { $0 })
  }

  /// own + common with the penalty on the diagonal, but for the intercept's, and more where rounding needs it; nil when a value is not
  /// finite. Of each matrix the upper triangle counts, and it is scaled by its share.
  private static func factored(
    _ own: Matrix<Float>, share: Double, common: Matrix<Double>, share commonShare: Double, penalty: Double
  ) -> Cholesky? {
    let width = own.columns
    var elements = common.elements
    for index in elements.indices {
      elements[index] = commonShare * elements[index] + share * Double(own.elements[index])
    }
    let diagonal = stride(from: 0, to: elements.count, by: width + 1)
    for index in diagonal.dropLast() { elements[index] += penalty }
    var support = 1e-9 * diagonal.reduce(0) { $0 + elements[$1] }
    while support.isFinite {
      for index in diagonal { elements[index] += support }
      if let factor = Cholesky(Matrix(rows: width, columns: width, elements: elements)) { return factor }
      support *= 10
    }
    return nil
  }
}

/// The model in which all scores share the features' principal axes.
private struct SharedAxes: Sendable {
  private let axes: PrincipalAxes
  /// Each score's mean curvature.
  private let curvatures: [Double]
  private let rows: Int
  private let penalty: Double

  init(axes: PrincipalAxes, curvatures: [Double], rows: Int, penalty: Double) {
    self.axes = axes
    self.curvatures = curvatures.map { max($0, Double(Float.ulpOfOne)) }
    self.rows = rows
    self.penalty = penalty
  }

  /// Divides by cₖ·Λⱼ + λ along the axes, and by cₖ·N at the intercepts.
  func solve(_ gradient: Matrix<Double>) -> Matrix<Double> {
    let features = gradient.rows - 1
    let weights = Matrix(
      rows: features, columns: gradient.columns,
      elements: Array(gradient.elements[..<(features * gradient.columns)]))
    let along = axes.axes.times(weights)
    let divided = along.elements.indices.map { index in
      along.elements[index]
        / (curvatures[index % gradient.columns] * axes.variations[index / gradient.columns] + penalty)
    }
    let solved = axes.axes.times(
      Matrix(rows: along.rows, columns: along.columns, elements: divided), transposingSelf: true)
    let intercepts = zip(gradient.row(features), curvatures).map { $0 / ($1 * Double(rows)) }
    return Matrix(rows: gradient.rows, columns: gradient.columns, elements: solved.elements + intercepts)
  }
}
