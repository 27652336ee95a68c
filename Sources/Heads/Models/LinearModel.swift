public import LinearAlgebra

/// A linear map from features to scores: X·Wᵀ + bias.
public struct LinearModel: Sendable {
  /// One row of weights a score [outputs × d].
  public let weights: Matrix<Float>
  /// What is added to each score [outputs].
  public let bias: [Float]

  /// A model of these parts. Throws when they disagree about how many scores there are, or hold a value that is not finite.
  public init(weights: Matrix<Float>, bias: [Float]) throws(HeadError) {
    guard weights.rows == bias.count else {
      throw .classes(problem: "\(weights.rows) rows of weights, \(bias.count) biases")
    }
    if let row = (0..<weights.rows).first(where: { !weights.row($0).allSatisfy(\.isFinite) }) {
      throw .notFinite(row: row)
    }
    if let row = bias.firstIndex(where: { !$0.isFinite }) { throw .notFinite(row: row) }
    (self.weights, self.bias) = (weights, bias)
  }

  /// The model that scores features as `weights` [outputs × d] and `intercepts` [outputs] score them less their `means` [d]. Throws when
  /// a value is not finite.
  init(centred weights: Matrix<Double>, intercepts: [Double], means: [Double]) throws(HeadError) {
    let bias = Self.bias(of: weights, intercepts: intercepts, means: means)
    try self.init(weights: weights.converted(), bias: bias.map { Float($0) })
  }

  /// What is left of intercepts where features are not less their means [outputs].
  static func bias(of weights: Matrix<Double>, intercepts: [Double], means: [Double]) -> [Double] {
    intercepts.indices.map { output in
      intercepts[output] - zip(weights.row(output), means).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// X·Wᵀ + bias, [N × outputs].
  func scores(of features: Matrix<Float>, threads: Threads) -> Matrix<Float> {
    PackedMatrix(weights, transposed: true).product(features, plus: bias, threads: threads)
  }
}
