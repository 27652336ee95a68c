internal import Foundation
public import LinearAlgebra

/// Multinomial logistic regression with an L2 penalty and free intercepts.
///
/// It minimises Σ −log softmax(W·x + b)[y] + λ/2·‖W‖², so λ is one over scikit-learn's `C`. The features are turned
/// into their principal axes once, where `LogisticSolver` converges fast, and the weights are turned back.
public struct LogisticTrainer: HeadTrainer {
  /// The penalties tried when none is given, in this order.
  public static let defaultPenalties: [Double] = [10, 1, 0.1, 0.01, 0.001]

  /// The penalty λ; nil for the one of `defaultPenalties` with the least log loss in three-fold cross-validation.
  public let penalty: Double?
  /// A head to start from, such as one of an earlier revision or another penalty. It changes how long training takes,
  /// and the head only within the solver's tolerance. Ignored when its classes or width are others.
  public let warmStart: Head?

  /// A trainer with a penalty, or with the choice of one. Throws unless the penalty is positive and finite: with λ = 0
  /// separable classes have no optimum.
  public init(penalty: Double? = nil, warmStart: Head? = nil) throws(HeadError) {
    if let penalty, !(penalty > 0 && penalty.isFinite) { throw .penalty(penalty) }
    self.penalty = penalty
    self.warmStart = warmStart
  }

  /// Trains a head on all rows of `data`; whether it converged is in the report.
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let problem = try LogisticProblem(data, threads: threads)
    let choice = penalty == nil ? PenaltyChoice(for: problem, threads: threads, progress: progress) : nil
    let penalty = penalty ?? choice?.penalty ?? 1
    let start = warmStart.flatMap(problem.parameters) ?? choice?.start ?? problem.objective.restingPoint
    let solution = problem.solver(penalty: penalty, tolerance: 1e-6, threads: threads).minimum(from: start) {
      progress(TrainingProgress(stage: .fitting, penalty: penalty, iteration: $0, fraction: nil))
    }
    let report = TrainingReport(
      converged: solution.converged, iterations: solution.iterations, objective: solution.value.objective,
      gradientNorm: squaredNorm(solution.value.gradient).squareRoot(), penalty: penalty,
      validation: choice == nil ? nil : .crossValidatedLogLoss, penaltyCurve: choice?.trials ?? [])
    return TrainedHead(head: try problem.head(solution.parameters), report: report)
  }
}
