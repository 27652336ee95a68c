public import LinearAlgebra

/// Heads of many specifications, each trained on all folds but one and measured on that one, in turn.
///
/// Specifications that are measured together share what can be: those of ridge the principal axes of each fold. One of logistic
/// regression starts where the last one ended that differed in its penalty alone, so that they are best taken from the largest penalty
/// to the smallest.
public struct CrossValidation: Sendable {
  private let features: Matrix<Float>
  private let targets: Targets
  private let splits: [StratifiedHoldout.Split]
  private let threads: Threads
  /// The last head of each fold that logistic regression has trained, by its specification but for the penalty. It reads the features
  /// that it was trained on, standardised ones too.
  private var last: [[HeadSpecification: Head]]

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
    last = [[HeadSpecification: Head]](repeating: [:], count: splits.count)
  }

  /// The specifications in the order in which they are best measured, those that share most of their work together: all of ridge
  /// that differ in their penalty alone at once, the others one by one, from the largest penalty to the smallest.
  public static func batches(_ specifications: [HeadSpecification]) -> [[HeadSpecification]] {
    let sorted = specifications.sorted { ($0.penalty ?? 0) > ($1.penalty ?? 0) }
    return HeadMethod.allCases.flatMap { method in
      let own = sorted.filter { $0.method == method }
      return method == .ridge ? own.sharingTheirWork : own.map { [$0] }
    }
  }

  /// Trains and measures heads of specifications on every fold.
  ///
  /// - Parameters:
  ///   - specifications: What to train, but for the split: one, or more of ridge that differ in their penalty alone.
  ///   - progress: Told before each fold how many are done.
  /// - Returns: What was measured of each specification.
  /// - Throws: ``HeadError`` when the rows of a fold do not make a head of a specification, or it has weights of classes that no row has.
  public mutating func measures(
    of specifications: [HeadSpecification], progress: (Int) -> Void = { _ in }
  ) throws(HeadError) -> [FoldMeasures] {
    var measures = [FoldMeasures](repeating: FoldMeasures(), count: specifications.count)
    precondition(specifications.sharingTheirWork.count <= 1, "what is measured together shares its work")
    for specification in specifications {
      _ = try specification.trainer()
      try specification.classWeights?.check(against: targets.answers)
    }
    for (fold, split) in splits.enumerated() {
      progress(fold)
      var data = try TrainingData(
        features: features.rows(at: split.training), targets: targets.rows(at: split.training))
      var held = features.rows(at: split.holdout)
      if specifications.contains(where: \.standardises) {
        let scaling = Standardisation(of: data.features, threads: threads)
        (data, held) = (
          try scaling.applied(to: data, threads: threads), scaling.applied(to: held, threads: threads)
        )
      }
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
      let start = last[fold][specification.withoutPenalty]
      let trainer = try specification.trainer(startingFrom: start, ofStandardised: true)
      let trained = try trainer.train(on: data, threads: threads)
      if specification.method == .logistic { last[fold][specification.withoutPenalty] = trained.head }
      heads.append(trained)
    }
    return heads
  }
}

extension HeadSpecification {
  /// All that specifications have in common that share their work.
  fileprivate var withoutPenalty: HeadSpecification {
    var copy = self
    copy.penalty = nil
    return copy
  }
}

extension [HeadSpecification] {
  /// Those that differ in their penalty alone together, by the first of each.
  fileprivate var sharingTheirWork: [[HeadSpecification]] {
    reduce(into: []) { groups, specification in
      let place = groups.firstIndex { $0[0].withoutPenalty == specification.withoutPenalty }
      if let place { groups[place].append(specification) } else { groups.append([specification]) }
    }
  }
}
