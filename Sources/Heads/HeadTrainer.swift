public import LinearAlgebra

/// A method that learns a head from features and labels. The same data and settings give the same bytes, on any number of
/// threads.
public protocol HeadTrainer: Sendable {
  /// Trains a head on all rows of `data`; `progress` is told now and then how far the work is.
  func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead
}

extension HeadTrainer {
  /// Trains a head on all rows of `data`.
  public func train(on data: TrainingData, threads: Threads = .available) throws(HeadError) -> TrainedHead {
    try train(on: data, threads: threads) { _ in }
  }
}

/// How far a training is.
public struct TrainingProgress: Sendable, Hashable {
  /// What is being done.
  public enum Stage: Sendable, Hashable {
    /// Penalties, or numbers of neighbours, are compared.
    case choosing
    /// The head itself is fitted.
    case fitting
  }

  /// What is being done.
  public let stage: Stage
  /// The penalty at hand; nil where one pass serves all.
  public let penalty: Double?
  /// How many iterations the solver took so far at this penalty, or how many blocks of rows are done.
  public let iteration: Int
  /// The share of this stage that is done, where it can be told: an iterative solver cannot say when it converges.
  public let fraction: Double?
}
