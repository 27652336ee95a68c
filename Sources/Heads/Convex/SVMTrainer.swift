public import LinearAlgebra

/// A linear support vector machine with a squared hinge for each class or tag against the rest (Cortes and Vapnik 1995; Fan et al. 2008),
/// an L2 penalty and free intercepts.
///
/// It minimises Σ max(0, 1 − y·(w·x + b))² + λ/2·‖W‖², so λ is one over scikit-learn's `C` (whose intercepts are penalised). The link
/// to probabilities is fitted to what heads of two thirds of the rows say of the rest.
public struct SVMTrainer: HeadTrainer {
  /// The penalties tried when none is given, in this order.
  public static let defaultPenalties: [Double] = [100, 10, 1, 0.1, 0.01]

  /// The penalty λ; nil for the one of `defaultPenalties` with the least loss in three-fold cross-validation.
  public let penalty: Double?

  /// A trainer with a penalty, or with the choice of one. Throws unless the penalty is positive and finite.
  public init(penalty: Double? = nil) throws(HeadError) {
    if let penalty, !(penalty > 0 && penalty.isFinite) { throw .penalty(penalty) }
    self.penalty = penalty
  }

  /// Trains a head on all rows of `data`; whether it converged is in the report.
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    switch data.targets {
    case .classes(let labels):
      let loss = SquaredHingeLoss(labels: labels.indices, scores: labels.classes.count)
      return try train(HeadProblem(data, loss: loss, threads: threads), threads, progress)
    case .tags(let labels):
      let loss = TagHingeLoss(tags: labels.indices, scores: labels.tags.count)
      return try train(HeadProblem(data, loss: loss, threads: threads), threads, progress)
    case .numbers:
      throw .unsuited(method: .svm, to: data.targets.answers)
    }
  }

  private func train<Loss: HeadLoss>(
    _ problem: HeadProblem<Loss>, _ threads: Threads, _ progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let choice = PenaltyChoice(
      of: penalty.map { [$0] } ?? Self.defaultPenalties, for: problem, threads: threads, progress: progress)
    let penalty = penalty ?? (choice.start == nil ? 1 : choice.penalty)
    let solution = problem.minimum(
      penalty: penalty, from: choice.start, threads: threads, progress: progress)
    let model = try problem.model(solution.parameters)
    let head = try model.linked(
      to: problem.targets.rows(keepingNamesAt: choice.held.rows), by: choice.held.scores, threads: threads)
    return TrainedHead(
      head: head,
      report: TrainingReport(
        solution, penalty: penalty, validation: self.penalty == nil ? .crossValidatedSquaredHinge : nil,
        trials: self.penalty == nil ? choice.trials : []))
  }
}
