internal import LinearAlgebra

/// The penalty with the least loss in stratified three-fold cross-validation: the loss that is trained, weighted and smoothed as it is.
///
/// Penalties are tried from large to small, each starting where the larger one ended, until the loss gets worse: it
/// falls, and then rises for good. The folds share the means and principal axes of all rows: they change how the solver gets to an
/// optimum, not where it is, and labels have no part in them.
struct PenaltyChoice<Loss: ConvexLoss>: Sendable {
  /// The penalties tried, in their order.
  private(set) var trials: [PenaltyTrial] = []
  /// The penalty chosen.
  private(set) var penalty: Double
  /// Where the first fold's solver ended at the chosen penalty: a good place to start from with all rows.
  private(set) var start: [Double]?
  /// What the heads at the chosen penalty say of the rows of the folds that they were not trained on.
  private(set) var held: (rows: [Int], scores: Matrix<Float>)

  /// How close to the optimum is close enough to compare penalties.
  private static var tolerance: Double { 1e-4 }

  /// A fold's rows to train on, its rows to judge by, and where its solver is.
  private struct Fold {
    let rows: [Int]
    let training: HeadObjective<Loss>
    let held: HeadObjective<Loss>
    var parameters: [Double]
  }

  /// Tries `penalties`; when no class has two rows there is nothing to try them on, and the first is chosen.
  init(
    of penalties: [Double], for problem: HeadProblem<Loss>, threads: Threads,
    progress: (TrainingProgress) -> Void
  ) {
    penalty = penalties.first ?? 1
    held = ([], Matrix(rows: 0, columns: problem.objective.loss.scores))
    let stratified = StratifiedFolds(problem.targets.strata, count: 3)
    var folds = (0..<stratified.count).map { fold in
      let training = problem.objective.rows(at: stratified.others(fold))
      return Fold(
        rows: stratified.held(fold), training: training,
        held: problem.objective.rows(at: stratified.held(fold)),
        parameters: training.loss.restingPoint(width: problem.objective.coordinates.columns))
    }
    folds.removeAll { $0.rows.isEmpty }
    guard !folds.isEmpty else { return }
    var least = Double.infinity
    for candidate in penalties {
      for index in folds.indices {
        let solver = problem.solver(
          of: folds[index].training, penalty: candidate, tolerance: Self.tolerance, threads: threads)
        folds[index].parameters =
          solver.minimum(from: folds[index].parameters) {
            progress(
              TrainingProgress(stage: .choosing, penalty: candidate, iteration: $0, fraction: nil))
          }.parameters
      }
      let scores = Self.scores(folds, threads: threads)
      let trial = Self.trial(
        penalty: candidate, folds: folds, scores: scores, of: problem.targets, threads: threads)
      trials.append(trial)
      guard trial.loss < least else { return }
      (least, penalty, start, held) = (trial.loss, candidate, folds[0].parameters, scores)
    }
  }

  private static func scores(_ folds: [Fold], threads: Threads) -> (rows: [Int], scores: Matrix<Float>) {
    let scores = folds.map { $0.held.packed($0.parameters).product($0.held.coordinates, threads: threads) }
    let rows = folds.flatMap(\.rows)
    return (rows, Matrix(rows: rows.count, columns: scores[0].columns, elements: scores.flatMap(\.elements)))
  }

  private static func trial(
    penalty: Double, folds: [Fold], scores: (rows: [Int], scores: Matrix<Float>), of targets: Targets,
    threads: Threads
  ) -> PenaltyTrial {
    let loss = folds.reduce(0) {
      $0 + $1.held.value(at: $1.parameters, penalty: 0, threads: threads).objective
    }
    let held = targets.rows(keepingNamesAt: scores.rows)
    return PenaltyTrial(
      penalty: penalty, loss: loss / Double(scores.rows.count),
      accuracy: held.decisions.map { Double(held.rightDecisions(in: scores.scores)) / Double($0) })
  }
}
