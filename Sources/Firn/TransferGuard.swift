internal import Heads
internal import LinearAlgebra

/// The comparison of a head that learnt from a source with what it must beat, on the target's labelled rows.
struct TransferGuard {
  private let rows: TrainingRows
  private let features: Matrix<Float>
  private let split: StratifiedHoldout.Split
  private let specification: HeadSpecification
  private let threads: Threads

  /// In so many folds the target's own labels are learnt.
  private static let folds = 5

  init(
    _ rows: TrainingRows, features: Matrix<Float>, split: StratifiedHoldout.Split,
    specification: HeadSpecification, threads: Threads
  ) {
    (self.rows, self.features, self.split) = (rows, features, split)
    (self.specification, self.threads) = (specification, threads)
  }

  /// The verdict on a head.
  ///
  /// - Throws: `HeadError` when a rival cannot be trained for another reason than that the target has too few labels.
  func verdict(on head: Head) throws -> TransferVerdict {
    guard !split.holdout.isEmpty else { return TransferVerdict([]) }
    let own = try answers(of: head, rows: split.holdout)
    var rivals: [(rival: TransferVerdict.Rival, answers: HeldOutAnswers)] = []
    if let answers = try targetOnly() { rivals.append((.targetOnly, answers)) }
    if specification.adaptation?.transform != nil {
      let unadapted = try trained(on: split.training)
      rivals.append((.unadapted, try answers(of: unadapted, rows: split.holdout)))
    }
    let prior = try Head(
      priorOf: rows.targets.rows(at: split.holdout), width: features.columns)
    rivals.append((.majority, try answers(of: prior, rows: split.holdout)))
    return TransferVerdict(of: own, beside: rivals, threads: threads)
  }

  /// What heads of the target's own labels say of the rows that are left out of them; nil where these are too few to make heads.
  private func targetOnly() throws -> HeldOutAnswers? {
    let targets = rows.targets.rows(at: split.holdout)
    let keys = split.holdout.map { rows.items[$0].digest.bytes }
    do {
      let folds = try GroupedFolds(
        targets.strata, keys: keys, count: Self.folds, seed: specification.seed)
      let parts = try folds.splits.map { fold in
        try answers(
          of: trained(on: fold.training.map { split.holdout[$0] }),
          rows: fold.holdout.map { split.holdout[$0] })
      }
      return HeldOutAnswers(joining: parts)
    } catch HeadError.tooFewGroups, HeadError.tooFewRows, HeadError.tooFewClasses, HeadError.noTags {
      return nil
    }
  }

  private func trained(on places: [Int]) throws -> Head {
    let data = try TrainingData(
      features: features.rows(at: places), targets: rows.targets.rows(at: places))
    return try specification.trainer().train(on: data, threads: threads).head
  }

  private func answers(of head: Head, rows places: [Int]) throws -> HeldOutAnswers {
    try HeldOutAnswers(of: head, to: features.rows(at: places), rows: places, of: rows, threads: threads)
  }
}
