public import Digests
internal import Foundation
public import Heads
internal import JSON
internal import Storage

/// All that decides what a trial measures, beside the data.
public struct TrialSpecification: Sendable, Hashable, Codable {
  /// What its heads are trained by, and what is held out of all folds.
  public let head: HeadSpecification
  /// How many folds take turns in being measured on.
  public let folds: Int
  /// How often the rows are dealt out to folds anew.
  public let repeats: Int
}

/// How heads of one specification did on rows that they had not seen: the rows to train on, cut into folds. The rows held out have no
/// part in it.
public struct Trial: Sendable {
  /// What the store keeps of it.
  let record: TrialRecord
  /// What was tried.
  public let specification: TrialSpecification
  /// What was measured.
  public let measures: FoldMeasures
  /// Whether it was found in the store, rather than measured now.
  public let isReused: Bool

  /// The name of the head that it was made for.
  public var head: String { record.head }
  /// The task.
  public var task: String { record.task }
  /// The name that the backbone had.
  public var backbone: String { record.backbone }
  /// The fingerprint of the backbone.
  public var fingerprint: SHA256Digest { record.fingerprint }
  /// The name that the dataset had.
  public var dataset: String { record.dataset }
  /// The revision of that dataset.
  public var revision: Int { record.revision }
  /// SHA-256 over the ids, contents, labels and groups of the rows.
  public var rowsDigest: SHA256Digest { record.rowsDigest }
  /// How long its heads took; those that are trained together share their time evenly.
  public var seconds: Double { record.seconds }
  /// When it was stored: ISO 8601, UTC; nil for one that is new.
  public var created: String? { record.created }

  /// A trial that was measured now.
  init(_ record: TrialRecord, _ specification: TrialSpecification, _ measures: FoldMeasures) {
    (self.record, self.specification, self.measures, isReused) = (record, specification, measures, false)
  }

  /// A trial that is stored.
  ///
  /// - Throws: ``FirnError/damagedTrial(head:created:)``.
  init(stored record: TrialRecord) throws(FirnError) {
    func decoded<Value: Decodable>(_ json: String) throws(FirnError) -> Value {
      do {
        return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
      } catch {
        throw .damagedTrial(head: record.head, created: record.created ?? "")
      }
    }
    self.record = record
    (specification, measures) = (try decoded(record.specification), try decoded(record.measures))
    isReused = true
  }

  /// Whether both measure on the same rows cut in the same way, but for seeds: only such trials can be ranked.
  func isComparable(to other: Trial) -> Bool {
    let (one, two) = (specification, other.specification)
    return task == other.task && rowsDigest == other.rowsDigest && one.folds == two.folds
      && one.repeats == two.repeats && one.head.holdout == two.head.holdout
      && one.head.group == two.head.group
  }
}

extension [Trial] {
  /// The trials from the best to the worst mean of a measure; those whose solvers stopped early come last, and of equals the earlier
  /// first.
  func ranked(by measure: String) -> [Trial] {
    let sign = Measure.isLoss(measure) ? 1.0 : -1.0
    let keys = map { trial in
      (trial.measures.converged ? 0 : 1, trial.measures.mean(of: measure).map { sign * $0 } ?? .infinity)
    }
    return indices.sorted { (keys[$0].0, keys[$0].1, $0) < (keys[$1].0, keys[$1].1, $1) }.map { self[$0] }
  }
}
