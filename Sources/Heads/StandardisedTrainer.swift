internal import LinearAlgebra

/// A method that learns from standardised features, each of mean 0 and variance 1 over the rows trained on; its head reads features as
/// they are, for a linear model of the ones is a linear model of the others.
///
/// The penalty, and with it the objective, is that of the standardised weights. The head keeps no statistics: what standardises its
/// features changes with every row.
struct StandardisedTrainer: HeadTrainer {
  private let trainer: any HeadTrainer

  /// A trainer of linear models that is to learn from standardised features.
  init(_ trainer: any HeadTrainer) { self.trainer = trainer }

  /// Trains a head on all rows of `data`. O(N·d) more than the trainer alone.
  ///
  /// - Throws: ``HeadError/setting(_:problem:)`` when the trainer's model is not linear.
  func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let scaling = Standardisation(of: data.features, threads: threads)
    let trained = try trainer.train(
      on: scaling.applied(to: data, threads: threads), threads: threads, progress: progress)
    guard case .linear(let model) = trained.head.model else {
      throw .setting("a standardisation", problem: "can be undone in linear models alone; leave it out")
    }
    let head = try Head(
      answers: trained.head.answers, model: .linear(scaling.undone(on: model)),
      sharpness: trained.head.sharpness)
    return TrainedHead(head: head, report: trained.report)
  }
}
