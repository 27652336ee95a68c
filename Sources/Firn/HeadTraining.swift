internal import Foundation
public import Heads
internal import LinearAlgebra

/// One training, from labelled rows and their features to what is stored of it. The same input gives the same bytes.
struct HeadTraining {
  let head: LinearHead
  let weights: [UInt8]
  let metrics: HeadMetrics

  init(
    _ rows: TrainingRows, features: Matrix<Float>, specification: HeadSpecification, threads: Threads,
    progress: @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws {
    let split = try rows.split(specification)
    let labels = ClassLabels(rows.labels)
    let data = try TrainingData(
      features: features.rows(at: split.training), labels: labels.rows(at: split.training))
    let trained = try specification.trainer().train(on: data, threads: threads, progress: progress)
    let holdout =
      try split.holdout.isEmpty
      ? nil
      : ClassificationMetrics(
        probabilities: trained.head.probabilities(of: features.rows(at: split.holdout), threads: threads),
        classes: trained.head.classes, labels: labels.rows(at: split.holdout))
    let baseline =
      split.holdout.isEmpty
      ? nil
      : data.labels.mostFrequentClass.map {
        labels.rows(at: split.holdout).accuracy(ofAlwaysAnswering: $0)
      }
    head = trained.head
    weights = HeadArchive(trained.head, method: specification.method).bytes
    metrics = HeadMetrics(
      trainRows: split.training.count, holdoutRows: split.holdout.count, baselineAccuracy: baseline,
      holdout: holdout, training: trained.report)
  }
}

extension TrainingRows {
  /// The rows to train on and those to measure on. A text is on one side only, wherever it stands.
  func split(_ specification: HeadSpecification) throws -> StratifiedHoldout.Split {
    try specification.split().split(ClassLabels(labels), keys: items.map(\.digest.bytes))
  }
}

/// What was measured of a head version, on rows held out of its training.
public struct HeadMetrics: Sendable, Codable {
  /// Rows it was trained on.
  public let trainRows: Int
  /// Rows held out.
  public let holdoutRows: Int
  /// The accuracy, on the rows held out, of always answering the most frequent class of the rows trained on.
  public let baselineAccuracy: Double?
  /// The measures on the rows held out; nil where none were.
  public let holdout: ClassificationMetrics?
  /// The account of the training itself.
  public let training: TrainingReport

  enum CodingKeys: String, CodingKey {
    case trainRows = "train_rows"
    case holdoutRows = "holdout_rows"
    case baselineAccuracy = "baseline_accuracy"
    case holdout, training
  }
}
