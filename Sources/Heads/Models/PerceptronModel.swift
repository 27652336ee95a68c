public import LinearAlgebra

/// A network of one hidden layer: max(0, X·W₁ + b₁)·W₂ + b₂.
public struct PerceptronModel: Sendable {
  /// W₁ [d × hidden].
  public internal(set) var hiddenWeights: Matrix<Float>
  /// b₁ [hidden].
  public internal(set) var hiddenBias: [Float]
  /// W₂ [hidden × outputs].
  public internal(set) var outputWeights: Matrix<Float>
  /// b₂ [outputs].
  public internal(set) var outputBias: [Float]

  /// A model of these parts. Throws when their shapes do not fit together, or they hold a value that is not finite.
  public init(
    hiddenWeights: Matrix<Float>, hiddenBias: [Float], outputWeights: Matrix<Float>, outputBias: [Float]
  ) throws(HeadError) {
    guard hiddenWeights.columns == hiddenBias.count, outputWeights.rows == hiddenBias.count,
      outputWeights.columns == outputBias.count
    else {
      throw .classes(
        problem: "\(hiddenWeights.columns) hidden units, \(hiddenBias.count) of their biases, "
          + "\(outputWeights.rows) × \(outputWeights.columns) weights behind them and \(outputBias.count) biases"
      )
    }
    for (row, values) in [hiddenWeights.elements, hiddenBias, outputWeights.elements, outputBias].enumerated()
    where !values.allSatisfy(\.isFinite) {
      throw .notFinite(row: row)
    }
    (self.hiddenWeights, self.hiddenBias) = (hiddenWeights, hiddenBias)
    (self.outputWeights, self.outputBias) = (outputWeights, outputBias)
  }

  /// The scores of rows, [N × outputs].
  func scores(of features: Matrix<Float>, threads: Threads) -> Matrix<Float> {
    let hidden = PackedMatrix(hiddenWeights)
      .product(features, plus: hiddenBias, activation: .relu, threads: threads)
    return PackedMatrix(outputWeights).product(hidden, plus: outputBias, threads: threads)
  }
}
