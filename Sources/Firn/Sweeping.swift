internal import Digests
internal import Heads
internal import JSON
internal import LinearAlgebra
internal import Storage

/// What a sweep found: its trials, and the head version that the best of them made.
public struct Sweep: Sendable {
  /// The key of the measure by which the trials are ranked.
  public let measure: String
  /// The trials from the best to the worst.
  public let trials: [Trial]
  /// The version trained on all rows but those held out, by the specification of the best trial, and measured on these.
  public let best: HeadVersion
}

/// The trials of one sweep on its way.
struct Sweeping {
  let store: Store
  let head: String
  let rows: TrainingRows
  let plan: SweepPlan
  /// Told how many heads of how many are trained.
  let progress: (Int, Int) -> Void
  /// Told of each trial, and the key of the measure that it is ranked by.
  let onTrial: (Trial, String) -> Void
  let measure: String
  private let rowsDigest: SHA256Digest
  private(set) var trials: [Trial] = []
  private var done = 0

  init(
    of head: String, on rows: TrainingRows, plan: SweepPlan, in store: Store,
    progress: @escaping (Int, Int) -> Void, onTrial: @escaping (Trial, String) -> Void
  ) throws {
    (self.store, self.head, self.rows, self.plan) = (store, head, rows, plan)
    (self.progress, self.onTrial) = (progress, onTrial)
    rowsDigest = rows.digest
    measure = try plan.measure(of: rows.targets.answers)
  }

  /// Tries all of the plan with the features of a backbone, which `load` loads when a trial is not there already.
  mutating func run(with space: BackboneRecord, backbones: Int, load: () throws -> Matrix<Float>) throws {
    let answers = rows.targets.answers
    for seed in plan.seeds {
      let specifications = try plan.specifications(seed: seed, for: answers).map {
        TrialSpecification(head: $0, folds: plan.folds, repeats: plan.repeats)
      }
      let heads = plan.folds * plan.repeats
      let total = backbones * plan.seeds.count * specifications.count * heads
      let missing = try specifications.filter { try !reuse($0, of: space) }
      done += (specifications.count - missing.count) * heads
      guard let first = missing.first else { continue }
      // Each logistic trial starts from the one before: where one is missing all are trained, so that it is what it would have been in
      // a sweep that was not interrupted.
      let isMissing = Set(missing.map(\.head))
      let chain = specifications.map(\.head).filter { $0.method == .logistic && !isMissing.contains($0) }
      let again = isMissing.contains { $0.method == .logistic } ? chain : []
      var validation = try CrossValidation(
        features: load(), targets: rows.targets, splits: rows.folds(first), threads: store.threads)
      for batch in CrossValidation.batches(missing.map(\.head) + again) {
        let (before, start) = (done, ContinuousClock.now)
        let measures = try validation.measures(of: batch) { fold in
          progress(before + fold * batch.count, total)
        }
        let seconds = (ContinuousClock.now - start) / .seconds(batch.count)
        guard batch.allSatisfy(isMissing.contains) else { continue }
        done += batch.count * heads
        try keep(
          zip(batch, measures).map { specification, measures in
            try trial(
              TrialSpecification(head: specification, folds: plan.folds, repeats: plan.repeats), of: space,
              measures, seconds)
          })
      }
    }
  }

  /// Whether a trial is there already; it is then taken in.
  private mutating func reuse(_ specification: TrialSpecification, of space: BackboneRecord) throws -> Bool {
    let found = try store.reader().trial(
      specification: specification.canonicalJSON(), fingerprint: space.fingerprint, rowsDigest: rowsDigest)
    guard var found else { return false }
    if found.head != head {
      found.head = head
      try store.writer().append([found])
    }
    let trial = try Trial(stored: found)
    trials.append(trial)
    onTrial(trial, measure)
    return true
  }

  private func trial(
    _ specification: TrialSpecification, of space: BackboneRecord, _ measures: FoldMeasures, _ seconds: Double
  ) throws -> Trial {
    let record = TrialRecord(
      head: head, task: rows.task, specification: try specification.canonicalJSON(), backbone: space.name,
      fingerprint: space.fingerprint, dataset: rows.dataset, revision: rows.revision, rowsDigest: rowsDigest,
      measures: try measures.canonicalJSON(), seconds: seconds)
    return Trial(record, specification, measures)
  }

  private mutating func keep(_ new: [Trial]) throws {
    try store.writer().append(new.map(\.record))
    trials += new
    for trial in new { onTrial(trial, measure) }
  }
}
