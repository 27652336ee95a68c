internal import Heads
internal import LinearAlgebra

/// The comparison of a head that learnt from a source with what it must beat, on the target's labelled rows, of each text the first.
struct TransferGuard {
  private let rows: TrainingRows
  private let features: Matrix<Float>
  private let split: StratifiedHoldout.Split
  private let specification: HeadSpecification
  private let threads: Threads

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
    let judged = rows.firstPlaces(of: split.holdout)
    guard judged.count >= Advantages.leastRows(of: rows.targets.answers) else {
      return TransferVerdict([], threads: threads)
    }
    let folds = try TargetFolds(
      judged, of: rows, features: features.rows(at: judged), seed: specification.seed, threads: threads)
    var rivals: [(rival: TransferVerdict.Rival, answers: HeldOutAnswers)] = [
      (.targetOnly, try folds.answers(by: specification))
    ]
    if specification.adaptation?.transform != nil {
      let data = try TrainingData(
        features: features.rows(at: split.training), targets: rows.targets.rows(at: split.training))
      let unadapted = try specification.trainer().train(on: data, threads: threads).head
      rivals.append((.unadapted, try folds.answers(of: unadapted)))
    }
    rivals.append((.majority, try folds.answers()))
    return try TransferVerdict(of: folds.answers(of: head), beside: rivals, threads: threads)
  }
}
