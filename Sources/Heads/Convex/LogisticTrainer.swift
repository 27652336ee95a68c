internal import Foundation
public import LinearAlgebra

/// Logistic regression with an L2 penalty and free intercepts: multinomial for classes, one for each tag.
///
/// It minimises Σ −log softmax(W·x + b)[y] + λ/2·‖W‖², so λ is one over scikit-learn's `C`; for tags Σ −log of the probability of what
/// is true of each. With class weights a row's loss counts as often as they say, and the probabilities are those of rows that are
/// weighted so. With label smoothing ε (Szegedy et al. 2016) the truth is 1 − ε of what the label says and ε of all K classes alike; of a
/// tag it is 1 − ε/2 or ε/2.
public struct LogisticTrainer: HeadTrainer {
  /// The penalties tried when none is given, in this order.
  public static let defaultPenalties: [Double] = [10, 1, 0.1, 0.01, 0.001]

  /// The penalty λ; nil for the one of `penalties` with the least log loss in three-fold cross-validation: the loss that is
  /// trained, weighted and smoothed as it is.
  public let penalty: Double?
  /// The penalties to choose from, in the order in which they are tried.
  public let penalties: [Double]
  /// How often the rows of each class count; nil where all count once.
  public let classWeights: ClassWeights?
  /// The share ε of each label that is spread over all classes; nil for none.
  public let smoothing: Double?
  /// A head to start from, such as one of an earlier revision or another penalty. It changes how long training takes,
  /// and the head only within the solver's tolerance. Ignored when its classes or width are others.
  public let warmStart: Head?

  /// A trainer with a penalty, or with the choice of one. Throws unless the penalty is positive and finite (with λ = 0
  /// separable classes have no optimum), the weights are, and 0 < ε < 1.
  public init(
    penalty: Double? = nil, among penalties: [Double] = Self.defaultPenalties,
    classWeights: ClassWeights? = nil, smoothing: Double? = nil, warmStart: Head? = nil
  ) throws(HeadError) {
    let wrong = (penalty.map { [$0] } ?? penalties).first { !($0 > 0 && $0.isFinite) }
    if let wrong { throw .penalty(wrong) }
    guard !penalties.isEmpty else { throw .penalty(.nan) }
    if let smoothing, !(smoothing > 0 && smoothing < 1) { throw .smoothing(smoothing) }
    try classWeights?.check()
    self.penalties = Set(penalties).sorted(by: >)
    (self.penalty, self.classWeights, self.smoothing) = (penalty, classWeights, smoothing)
    self.warmStart = warmStart
  }

  /// Trains a head on all rows of `data`; whether it converged is in the report.
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    switch data.targets {
    case .classes(let labels):
      let loss = SoftmaxLoss(
        labels, weights: classWeights, rows: data.weights, smoothing: smoothing)
      return try train(HeadProblem(data, loss: loss, threads: threads), threads, progress)
    case .tags(let labels):
      try data.checkRowsCountOnce(for: .logistic)
      let loss = TagLogisticLoss(labels, weights: classWeights, smoothing: smoothing)
      return try train(HeadProblem(data, loss: loss, threads: threads), threads, progress)
    case .numbers:
      throw .unsuited(method: .logistic, to: data.targets.answers)
    }
  }

  private func train<Loss: ConvexLoss>(
    _ problem: HeadProblem<Loss>, _ threads: Threads, _ progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let choice =
      penalty == nil
      ? PenaltyChoice(of: penalties, for: problem, threads: threads, progress: progress) : nil
    let penalty = penalty ?? (choice?.start == nil ? 1 : choice?.penalty) ?? 1
    let solution = problem.minimum(
      penalty: penalty, from: warmStart.flatMap(problem.parameters) ?? choice?.start, threads: threads,
      progress: progress)
    let head = try Head(
      answers: problem.targets.answers, model: .linear(problem.model(solution.parameters)))
    return TrainedHead(
      head: head,
      report: TrainingReport(
        solution, penalty: penalty, validation: choice == nil ? nil : .crossValidatedLogLoss,
        trials: choice?.trials ?? []))
  }
}

extension HeadProblem {
  /// The minimum at a penalty, from a place that is known to be good, or from where nothing is known.
  func minimum(
    penalty: Double, from start: [Double]?, threads: Threads, progress: (TrainingProgress) -> Void
  ) -> HeadSolver<Loss>.Solution {
    let resting = objective.loss.restingPoint(width: objective.coordinates.columns)
    return solver(penalty: penalty, tolerance: 1e-6, threads: threads).minimum(from: start ?? resting) {
      progress(TrainingProgress(stage: .fitting, penalty: penalty, iteration: $0, fraction: nil))
    }
  }
}

extension TrainingReport {
  /// The account of a solver.
  init<Loss: ConvexLoss>(
    _ solution: HeadSolver<Loss>.Solution, penalty: Double, validation: Validation?, trials: [PenaltyTrial]
  ) {
    self.init(
      converged: solution.converged, iterations: solution.iterations, objective: solution.value.objective,
      gradientNorm: squaredNorm(solution.value.gradient).squareRoot(), penalty: penalty,
      validation: validation, penaltyCurve: trials)
  }
}
