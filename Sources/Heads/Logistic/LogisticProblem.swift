internal import Foundation
internal import LinearAlgebra

/// Training data in the principal axes of its features, and the way there and back.
struct LogisticProblem: Sendable {
  let labels: ClassLabels
  let axes: PrincipalAxes
  let objective: SoftmaxObjective

  /// Turns the features into their axes. O(N·d² + d³).
  init(_ data: TrainingData, threads: Threads) throws(HeadError) {
    labels = try data.classLabels(for: .logistic)
    axes = PrincipalAxes(of: data.features, threads: threads)
    // x ↦ (V·(x − mean), 1): a column of zeros whose bias is 1 makes the ones.
    var rotation = [Float](repeating: 0, count: data.features.columns * (axes.count + 1))
    var shift = [Float](repeating: 1, count: axes.count + 1)
    for axis in 0..<axes.count {
      let vector = axes.axes.row(axis)
      for (feature, value) in vector.enumerated() {
        rotation[feature * (axes.count + 1) + axis] = Float(value)
      }
      shift[axis] = -Float(zip(vector, axes.means).reduce(0) { $0 + $1.0 * $1.1 })
    }
    let packed = PackedMatrix(
      Matrix(rows: data.features.columns, columns: axes.count + 1, elements: rotation))
    objective = SoftmaxObjective(
      coordinates: packed.product(data.features, plus: shift, threads: threads), labels: labels.indices,
      classes: labels.classes.count)
  }

  /// The solver of this problem at a penalty.
  func solver(penalty: Double, tolerance: Double, threads: Threads) -> LogisticSolver {
    objective.solver(variations: axes.variations, penalty: penalty, tolerance: tolerance, threads: threads)
  }

  /// θ as a head of the features themselves. Of all intercepts with the same probabilities, those that sum to zero.
  func head(_ parameters: [Double]) throws(HeadError) -> Head {
    let classes = labels.classes.count
    let weights = Matrix(
      rows: axes.count, columns: classes, elements: Array(parameters[..<(axes.count * classes)]))
    let model = try axes.model(
      weights: weights, intercepts: Array(parameters[(axes.count * classes)...]))
    let mean = model.bias.reduce(0, +) / Float(classes)
    let centred = try LinearModel(weights: model.weights, bias: model.bias.map { $0 - mean })
    return try Head(answers: .oneOf(labels.classes), model: .linear(centred))
  }

  /// θ of a head; nil when it is not linear, or has other classes or another width.
  func parameters(of head: Head) -> [Double]? {
    guard case .linear(let model) = head.model, head.answers.matches(.oneOf(labels.classes)),
      head.width == axes.means.count
    else { return nil }
    let (weights, intercepts) = axes.parameters(of: model)
    return weights.elements + intercepts
  }
}

extension SoftmaxObjective {
  /// No weights, and intercepts that give each class the share of rows it has.
  var restingPoint: [Double] {
    var counts = [Double](repeating: 0, count: classes)
    for label in labels { counts[Int(label)] += 1 }
    let logarithms = counts.map { log(max($0, 0.5)) }
    let mean = logarithms.reduce(0, +) / Double(classes)
    return [Double](repeating: 0, count: parameterCount - classes) + logarithms.map { $0 - mean }
  }

  /// The solver of this objective; `variations` are those of the principal axes.
  func solver(
    variations: [Double], penalty: Double, tolerance: Double, threads: Threads
  ) -> LogisticSolver {
    LogisticSolver(
      objective: self, variations: variations + [Double(coordinates.rows)], penalty: penalty,
      tolerance: tolerance, threads: threads)
  }
}
