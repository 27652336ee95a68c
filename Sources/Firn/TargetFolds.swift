internal import Heads
internal import LinearAlgebra

/// Five folds of labelled rows: what is learnt from the labels of four is asked of the fifth, so that no rival knows the answers that it is
/// judged by. All rows are judged, those as well whose class stands nowhere else.
struct TargetFolds {
  private let places: [Int]
  private let rows: TrainingRows
  private let features: Matrix<Float>
  private let splits: [StratifiedHoldout.Split]
  private let threads: Threads

  /// Deals out the rows at `places`, each another text, of at least five; `features` has theirs [places × d].
  init(_ places: [Int], of rows: TrainingRows, features: Matrix<Float>, seed: UInt64, threads: Threads) throws
  {
    (self.places, self.rows, self.features, self.threads) = (places, rows, features, threads)
    let alike = ClassLabels([String](repeating: "", count: places.count))
    splits = try GroupedFolds(
      alike, keys: places.map { rows.items[$0].digest.bytes }, count: 5, seed: seed
    ).splits
  }

  /// What the heads say that a trainer makes of each four folds; where they make none, or there is no trainer, what is most frequent there.
  /// A class or tag that was not seen there has the share that the most frequent answers leave to it.
  func answers(by trainer: (any HeadTrainer)? = nil) throws -> HeldOutAnswers {
    let parts = try splits.map { fold in
      let targets = rows.targets.rows(at: fold.training.map { places[$0] })
      let head =
        try trainer.flatMap { try self.head(by: $0, rows: fold.training, targets) }
        ?? Head(priorOf: targets, width: features.columns)
      return try HeldOutAnswers(
        of: head, to: features.rows(at: fold.holdout), rows: fold.holdout.map { places[$0] }, of: rows,
        unseen: 0.5 / Double(targets.count + 1), threads: threads)
    }
    return HeldOutAnswers(of: rows.targets.answers, joining: parts)
  }

  /// The head that a trainer makes of some rows; nil where they are too few.
  private func head(by trainer: any HeadTrainer, rows: [Int], _ targets: Targets) throws -> Head? {
    do {
      let data = try TrainingData(features: features.rows(at: rows), targets: targets)
      return try trainer.train(on: data, threads: threads).head
    } catch HeadError.tooFewRows, HeadError.tooFewClasses, HeadError.noTags {
      return nil
    }
  }
}
