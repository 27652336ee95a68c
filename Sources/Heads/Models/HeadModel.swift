internal import LinearAlgebra

/// The part of a head that scores features.
public enum HeadModel: Sendable {
  /// A linear map.
  case linear(LinearModel)
  /// The votes of the nearest labelled rows.
  case neighbours(NeighbourModel)
  /// A network of one hidden layer.
  case perceptron(PerceptronModel)

  /// How many features a row has.
  public var width: Int {
    switch self {
    case .linear(let model): model.weights.columns
    case .neighbours(let model): model.features.columns
    case .perceptron(let model): model.hiddenWeights.rows
    }
  }

  /// How many scores a row gets.
  public var outputs: Int {
    switch self {
    case .linear(let model): model.weights.rows
    case .neighbours(let model): model.targets.answers.count
    case .perceptron(let model): model.outputBias.count
    }
  }

  /// The scores of rows, [N × outputs]. A row's scores are the same bits whatever rows stand beside it.
  func scores(of features: Matrix<Float>, threads: Threads) throws(HeadError) -> Matrix<Float> {
    switch self {
    case .linear(let model): model.scores(of: features, threads: threads)
    case .neighbours(let model): try model.scores(of: features, threads: threads)
    case .perceptron(let model): model.scores(of: features, threads: threads)
    }
  }
}
