internal import Foundation
internal import LinearAlgebra

/// The penalty with the least log loss in stratified three-fold cross-validation.
///
/// Penalties are tried from large to small, each starting where the larger one ended, until the log loss gets worse: it
/// falls, and then rises for good. The folds share the means and principal axes of all rows: they change how the solver gets to an
/// optimum, not where it is, and labels have no part in them.
struct PenaltyChoice: Sendable {
  /// The penalties tried, in their order.
  private(set) var trials: [PenaltyTrial] = []
  /// The penalty chosen.
  private(set) var penalty: Double
  /// Where the first fold's solver ended at the chosen penalty: a good place to start from with all rows.
  private(set) var start: [Double]?

  /// How close to the optimum is close enough to compare penalties.
  private static let tolerance = 1e-4

  /// A fold's rows to train on, its rows to judge by, and where its solver is.
  private struct Fold {
    let training: SoftmaxObjective
    let held: SoftmaxObjective
    var parameters: [Double]

    init(_ fold: Int, of folds: StratifiedFolds, in objective: SoftmaxObjective) {
      training = objective.rows(at: folds.others(fold))
      held = objective.rows(at: folds.held(fold))
      parameters = training.restingPoint
    }
  }

  /// Tries `LogisticTrainer.defaultPenalties`; when no class has two rows there is nothing to try them on, and it is 1.
  init(for problem: LogisticProblem, threads: Threads, progress: (TrainingProgress) -> Void) {
    penalty = 1
    let stratified = StratifiedFolds(problem.labels, count: 3)
    var folds = (0..<stratified.count).map { Fold($0, of: stratified, in: problem.objective) }
    folds.removeAll { $0.held.loss.labels.isEmpty }
    guard !folds.isEmpty else { return }
    var least = Double.infinity
    for candidate in LogisticTrainer.defaultPenalties {
      for index in folds.indices {
        let solver = problem.solver(
          of: folds[index].training, penalty: candidate, tolerance: Self.tolerance, threads: threads)
        folds[index].parameters =
          solver.minimum(from: folds[index].parameters) {
            progress(
              TrainingProgress(stage: .choosingPenalty, penalty: candidate, iteration: $0, fraction: nil))
          }.parameters
      }
      let trial = Self.trial(penalty: candidate, folds: folds, threads: threads)
      trials.append(trial)
      guard trial.loss < least else { return }
      (least, penalty, start) = (trial.loss, candidate, folds[0].parameters)
    }
  }

  private static func trial(penalty: Double, folds: [Fold], threads: Threads) -> PenaltyTrial {
    var (loss, correct, rows) = (0.0, 0, 0)
    for fold in folds {
      loss += fold.held.value(at: fold.parameters, penalty: 0, threads: threads).objective
      correct += fold.held.correct(at: fold.parameters, threads: threads)
      rows += fold.held.loss.labels.count
    }
    return PenaltyTrial(penalty: penalty, loss: loss / Double(rows), accuracy: Double(correct) / Double(rows))
  }
}

extension SoftmaxObjective {
  /// How many rows have their own class's score highest.
  fileprivate func correct(at parameters: [Double], threads: Threads) -> Int {
    let scores = packed(parameters).product(coordinates, threads: threads)
    return loss.labels.indices.count { scores.largest(ofRow: $0) == Int(loss.labels[$0]) }
  }
}
