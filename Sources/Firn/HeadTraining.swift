internal import Foundation
public import Heads
internal import LinearAlgebra

/// One training, from labelled rows and their features to what is stored of it. The same input gives the same bytes.
struct HeadTraining {
  let weights: [UInt8]
  let metrics: HeadMetrics
  /// What an update starts from, where there can be one.
  let statistics: [UInt8]?

  /// Trains on the rows that the specification does not hold out, as they are after the transform that it names, which does `effect`.
  init(
    _ rows: TrainingRows, features: Matrix<Float>, specification: HeadSpecification,
    through effect: TransformEffect? = nil, threads: Threads,
    progress: @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws {
    try specification.classWeights?.check(against: rows.targets.answers)
    let split = try rows.split(specification)
    let (own, answers) = (features.rows(at: split.training), rows.targets.rows(at: split.training))
    let data =
      try effect?.applied(to: own, answers, threads: threads) ?? TrainingData(features: own, targets: answers)
    let trained = try specification.trainer().train(on: data, threads: threads, progress: progress)
    try self.init(
      trained, on: data.targets, of: rows, split: split, holdout: features.rows(at: split.holdout),
      specification: specification,
      transfer: specification.adaptation.map { _ in
        try TransferGuard(
          rows, features: features, split: split, specification: specification, threads: threads
        ).verdict(on: trained.head)
      }, threads: threads)
  }

  /// Measures a head that was trained already, on the targets `training`, on the features of the rows held out.
  init(
    _ trained: TrainedHead, on training: Targets, of rows: TrainingRows, split: StratifiedHoldout.Split,
    holdout: Matrix<Float>,
    specification: HeadSpecification, transfer: TransferVerdict? = nil, threads: Threads
  ) throws {
    let held = rows.targets.rows(at: split.holdout)
    let measures =
      try split.holdout.isEmpty
      ? nil
      : HeadMeasures(
        of: trained.head, on: holdout, targets: held, seed: specification.seed, threads: threads)
    weights = HeadArchive(trained.head, method: specification.method).bytes
    statistics = trained.statistics?.bytes
    metrics = HeadMetrics(
      trainRows: split.training.count, holdoutRows: split.holdout.count,
      baselineAccuracy: Self.baseline(of: training, on: held),
      holdout: measures, transfer: transfer, training: trained.report)
  }

  /// The accuracy of always answering the class that most rows trained on have.
  private static func baseline(of training: Targets, on holdout: Targets) -> Double? {
    guard case .classes(let known) = training, case .classes(let held) = holdout, held.count > 0 else {
      return nil
    }
    return known.mostFrequentClass.map(held.accuracy)
  }
}

/// What was measured of a head version, on rows held out of its training.
public struct HeadMetrics: Sendable, Codable {
  /// Rows it was trained on.
  public let trainRows: Int
  /// Rows held out.
  public let holdoutRows: Int
  /// The accuracy, on the rows held out, of always answering the most frequent class of the rows trained on; nil where there are no
  /// classes.
  public let baselineAccuracy: Double?
  /// The measures on the rows held out; nil where none were.
  public let holdout: HeadMeasures?
  /// How a head that learnt from another dataset than it is for stands beside what it must beat; nil of others.
  public let transfer: TransferVerdict?
  /// The account of the training itself.
  public let training: TrainingReport

  enum CodingKeys: String, CodingKey {
    case trainRows = "train_rows"
    case holdoutRows = "holdout_rows"
    case baselineAccuracy = "baseline_accuracy"
    case holdout, transfer, training
  }
}
