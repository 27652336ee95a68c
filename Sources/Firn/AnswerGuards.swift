internal import Heads
internal import LinearAlgebra
internal import Storage

/// What a predictor says of an answer beside the answer, learnt from the rows that the version held out.
struct AnswerGuards: Sendable {
  var conformal: ConformalThreshold?
  var novelty: Novelty?

  /// Reads the version's rows where something is asked for.
  ///
  /// - Throws: ``FirnError/nothingHeldOut(head:)``; ``FirnError/trainingUnknown(head:)``; `HeadError` when a coverage cannot be stated.
  init(
    of version: HeadVersion, head: Head, coverage: Double?, rejecting: Bool, from reader: StoreReader,
    in store: Store
  ) throws {
    guard coverage != nil || rejecting else { return }
    try version.checkTrainingIsKnown()
    let rows = try TrainingRows(of: version, from: reader)
    let split = try rows.split(version.specification)
    guard !split.holdout.isEmpty else { throw FirnError.nothingHeldOut(head: version.reference) }
    let space = try reader.backbone(of: version)
    func features(_ places: [Int]) throws -> Matrix<Float> {
      try store.features(of: places.map { rows.items[$0].content }, by: space)
    }
    let held = try features(split.holdout)
    conformal = try coverage.map {
      try ConformalThreshold(
        coverage: $0, outputs: head.outputs(of: held, threads: store.threads), of: head.answers,
        targets: rows.targets.rows(at: split.holdout))
    }
    guard rejecting else { return }
    let data = try TrainingData(
      features: features(split.training), targets: rows.targets.rows(at: split.training))
    novelty = try Novelty(data, held: held, threads: store.threads)
  }
}
