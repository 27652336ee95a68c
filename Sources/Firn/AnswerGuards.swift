internal import Heads
internal import LinearAlgebra
internal import Storage

/// What a predictor says of an answer beside the answer, learnt from the rows that the version held out.
struct AnswerGuards: Sendable {
  var conformal: ConformalThreshold?
  var novelty: Novelty?

  /// Reads the version's rows where something is asked for.
  ///
  /// - Throws: ``FirnError/nothingHeldOut(head:target:)``; ``FirnError/trainingUnknown(head:)``; `HeadError` when a coverage cannot be stated.
  init(
    of version: HeadVersion, head: Head, coverage: Double?, rejecting: Bool, from reader: StoreReader,
    in store: Store
  ) throws {
    guard coverage != nil || rejecting else { return }
    let rows = try SplitRows(learningFrom: version, from: reader, in: store)
    let held = try rows.heldFeatures()
    conformal = try coverage.map {
      try ConformalThreshold(
        coverage: $0, outputs: head.outputs(of: held, threads: store.threads), of: head.answers,
        targets: rows.rows.targets.rows(at: rows.split.holdout))
    }
    guard rejecting else { return }
    novelty = try Novelty(rows.trainingData(), held: held, threads: store.threads)
  }
}
