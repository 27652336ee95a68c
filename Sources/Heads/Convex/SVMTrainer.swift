public import LinearAlgebra

/// A linear support vector machine with a squared hinge for each class or tag against the rest (Cortes and Vapnik 1995; Fan et al. 2008),
/// an L2 penalty and free intercepts.
///
/// It minimises Σ max(0, 1 − y·(w·x + b))² + λ/2·‖W‖², so λ is one over scikit-learn's `C` (whose intercepts are penalised). With class
/// weights a row's loss counts as often as they say. The link to probabilities is fitted to what heads of two thirds of the rows say of
/// the rest, all of which count once.
public struct SVMTrainer: HeadTrainer {
  /// The penalties tried when none is given, in this order.
  public static let defaultPenalties: [Double] = [100, 10, 1, 0.1, 0.01]

  /// The penalty λ; nil for the one of `penalties` with the least loss in three-fold cross-validation, weighted as it is trained.
  public let penalty: Double?
  /// The penalties to choose from, in the order in which they are tried.
  public let penalties: [Double]
  /// How often the rows of each class count; nil where all count once.
  public let classWeights: ClassWeights?

  /// A trainer with a penalty, or with the choice of one. Throws unless the penalty and the weights are positive and finite.
  public init(
    penalty: Double? = nil, among penalties: [Double] = Self.defaultPenalties,
    classWeights: ClassWeights? = nil
  ) throws(HeadError) {
    let wrong = (penalty.map { [$0] } ?? penalties).first { !($0 > 0 && $0.isFinite) }
    if let wrong { throw .penalty(wrong) }
    guard !penalties.isEmpty else { throw .penalty(.nan) }
    try classWeights?.check()
    self.penalties = Set(penalties).sorted(by: >)
    (self.penalty, self.classWeights) = (penalty, classWeights)
  }

  /// Trains a head on all rows of `data`; whether it converged is in the report.
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    switch data.targets {
    case .classes(let labels):
      let loss = SquaredHingeLoss(labels, weights: classWeights, rows: data.weights)
      return try train(HeadProblem(data, loss: loss, threads: threads), threads, progress)
    case .tags(let labels):
      try data.checkRowsCountOnce(for: .svm)
      let loss = TagHingeLoss(labels, weights: classWeights)
      return try train(HeadProblem(data, loss: loss, threads: threads), threads, progress)
    case .numbers:
      throw .unsuited(method: .svm, to: data.targets.answers)
    }
  }

  private func train<Loss: ConvexLoss>(
    _ problem: HeadProblem<Loss>, _ threads: Threads, _ progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let choice = PenaltyChoice(
      of: penalty.map { [$0] } ?? penalties, for: problem, threads: threads, progress: progress)
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
