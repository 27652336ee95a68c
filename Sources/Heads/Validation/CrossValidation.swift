public import LinearAlgebra

/// Heads of many specifications, each trained on all folds but one and measured on that one, in turn.
///
/// Specifications that are measured together share what can be: those of ridge the principal axes of each fold. One of logistic
/// regression starts where the last one ended, so that they are best taken from the largest penalty to the smallest.
public struct CrossValidation: Sendable {
  private let features: Matrix<Float>
  private let targets: Targets
  private let splits: [StratifiedHoldout.Split]
  private let threads: Threads
  /// The last head of each fold that logistic regression has trained.
  private var last: [Head?]

  /// Of features [N × d] and the answers of their rows; each of `splits` is a fold's turn.
  ///
  /// - Throws: ``HeadError/rowCount(features:labels:)``.
  public init(
    features: Matrix<Float>, targets: Targets, splits: [StratifiedHoldout.Split],
    threads: Threads = .available
  ) throws(HeadError) {
    guard features.rows == targets.count else {
      throw .rowCount(features: features.rows, labels: targets.count)
    }
    (self.features, self.targets, self.splits, self.threads) = (features, targets, splits, threads)
    last = [Head?](repeating: nil, count: splits.count)
  }

  /// The specifications in the order in which they are best measured, those that share most of their work together: all of ridge
  /// at once, the others one by one, from the largest penalty to the smallest.
  public static func batches(_ specifications: [HeadSpecification]) -> [[HeadSpecification]] {
    let sorted = specifications.sorted { ($0.penalty ?? 0) > ($1.penalty ?? 0) }
    return HeadMethod.allCases.flatMap { method in
      let own = sorted.filter { $0.method == method }
      return method == .ridge && !own.isEmpty ? [own] : own.map { [$0] }
    }
  }

  /// Trains and measures heads of specifications on every fold.
  ///
  /// - Parameters:
  ///   - specifications: What to train, but for the split; more than one of ridge with a penalty each, or one.
  ///   - progress: Told before each fold how many are done.
  /// - Returns: What was measured of each specification.
  /// - Throws: ``HeadError`` when the rows of a fold do not make a head of a specification.
  public mutating func measures(
    of specifications: [HeadSpecification], progress: (Int) -> Void = { _ in }
  ) throws(HeadError) -> [FoldMeasures] {
    var measures = [FoldMeasures](repeating: FoldMeasures(), count: specifications.count)
    for (fold, split) in splits.enumerated() {
      progress(fold)
      let data = try TrainingData(
        features: features.rows(at: split.training), targets: targets.rows(at: split.training))
      let held = features.rows(at: split.holdout)
      let truth = targets.rows(at: split.holdout)
      for (place, trained) in try heads(of: specifications, on: data, fold: fold).enumerated() {
        let told = try HeadMeasures(
          of: trained.head, on: held, targets: truth, resamples: 0, threads: threads)
        measures[place].add(told, converged: trained.report.converged)
      }
    }
    return measures
  }

  private mutating func heads(
    of specifications: [HeadSpecification], on data: TrainingData, fold: Int
  ) throws(HeadError) -> [TrainedHead] {
    let penalties = specifications.compactMap { $0.method == .ridge ? $0.penalty : nil }
    if penalties.count == specifications.count, !penalties.isEmpty {
      return try RidgeSweep(features: data.features, penalties: penalties, threads: threads)
        .heads(for: [data.targets], threads: threads)[0]
    }
    var heads: [TrainedHead] = []
    for specification in specifications {
      let trainer: any HeadTrainer =
        specification.method == .logistic
        ? try LogisticTrainer(penalty: specification.penalty, warmStart: last[fold])
        : try specification.trainer()
      let trained = try trainer.train(on: data, threads: threads)
      if specification.method == .logistic { last[fold] = trained.head }
      heads.append(trained)
    }
    return heads
  }
}
