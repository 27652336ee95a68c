internal import Heads
internal import LinearAlgebra

/// Five folds of labelled rows: what is learnt from the labels of four is asked of the fifth, so that no rival knows the answers that it is
/// judged by.
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
    splits = try DealtFolds(
      rows.targets.strata.rows(at: places), keys: places.map { rows.items[$0].digest.bytes }, count: 5,
      seed: seed
    ).splits
  }

  /// What is said of all rows by a head that learnt from none of them.
  func answers(of head: Head) throws -> HeldOutAnswers {
    try answers(of: head, to: Array(places.indices))
  }

  /// What the heads say that a specification makes of each four folds; where they make none, or there is no specification, what is most frequent
  /// there, or the median.
  func answers(by specification: HeadSpecification? = nil) throws -> HeldOutAnswers {
    let parts = try splits.map { fold in
      let targets = rows.targets.rows(at: fold.training.map { places[$0] })
      let head =
        try specification.flatMap {
          try $0.head(of: features.rows(at: fold.training), targets, threads: threads)
        }
        ?? Head(priorOf: targets, width: features.columns)
      return try answers(of: head, to: fold.holdout)
    }
    return HeldOutAnswers(of: rows.targets.answers, joining: parts)
  }

  /// The share of a class or tag that stands in none of the rows that are judged: what it has for a head that has not seen it.
  static func unseen(among places: [Int]) -> Double { 0.5 / Double(places.count + 1) }

  private func answers(of head: Head, to held: [Int]) throws -> HeldOutAnswers {
    try HeldOutAnswers(
      of: head, to: features.rows(at: held), rows: held.map { places[$0] }, of: rows,
      unseen: Self.unseen(among: places), threads: threads)
  }
}
