internal import Heads
internal import LinearAlgebra
internal import Storage

extension Store {
  /// Tries many ways to train a head, each by cross-validation on the rows that are not held out, and makes the best of them the head's
  /// next version: trained on all of these rows, measured on those held out.
  ///
  /// Each trial is stored when it is done, so that a sweep that was interrupted, run again, goes on where it was: trials of the same
  /// specification, features and rows are not measured twice.
  ///
  /// - Parameters:
  ///   - head: The head's name; made with its first version and bound to the task.
  ///   - task: The task.
  ///   - dataset: Whose items are trained and measured on.
  ///   - backbones: Whose embeddings are the features, in turn.
  ///   - plan: What to try.
  ///   - revision: The revision of the dataset; nil for the newest.
  ///   - progress: Told how many heads of how many are trained.
  ///   - onTrial: Told of each trial when it is there, and the key of the measure by which it is ranked.
  /// - Returns: The trials, ranked, and the new version.
  /// - Throws: `StoreError.missingVectors` when items are not embedded yet; `StoreError.headTask` when the head is for another task;
  ///   ``FirnError/noMeasure(_:measures:)``; ``FirnError/sweepNotConverged(head:)``; `HeadError` when the plan or the rows do not make
  ///   a head.
  @discardableResult
  public func sweep(
    _ head: String, for task: String, on dataset: String, with backbones: [String], trying plan: SweepPlan,
    at revision: Int? = nil, progress: @escaping (Int, Int) -> Void = { _, _ in },
    onTrial: @escaping (Trial, String) -> Void = { _, _ in }
  ) throws -> Sweep {
    let reader = try reader()
    let (spaces, rows) = try reader.snapshot {
      if let other = try reader.heads().first(where: { $0.name == head })?.task, other != task {
        throw StoreError.headTask(head: head, task: other, not: task)
      }
      let rows = try TrainingRows(of: task, in: dataset, at: revision, groupedBy: plan.group, from: reader)
      return (try backbones.map { try reader.backbone(named: $0) }, rows)
    }
    // The features of one backbone at a time.
    var loaded: (space: BackboneRecord, features: Matrix<Float>)?
    func features(of space: BackboneRecord) throws -> Matrix<Float> {
      if let loaded, loaded.space == space { return loaded.features }
      loaded = nil
      let features = try self.features(of: rows.items.map(\.content), by: space)
      loaded = (space, features)
      return features
    }
    var sweeping = try Sweeping(
      of: head, on: rows, plan: plan, in: self, progress: progress, onTrial: onTrial)
    for space in spaces {
      try sweeping.run(with: space, backbones: spaces.count) { try features(of: space) }
    }
    let trials = sweeping.trials.ranked(by: sweeping.measure)
    guard let best = trials.first, best.measures.converged,
      let space = spaces.first(where: { $0.fingerprint == best.fingerprint })
    else { throw FirnError.sweepNotConverged(head: head) }
    let start = ContinuousClock.now
    do {
      let version = try train(
        head, on: rows, features: features(of: space), by: space, using: best.specification.head,
        since: start
      ) { _ in }
      return Sweep(measure: sweeping.measure, trials: trials, best: version)
    } catch FirnError.notConverged {
      throw FirnError.sweepNotConverged(head: head)
    }
  }

  /// The trials that were made for a head, ranked: those of the same rows, cut in the same way, together, the newest rows first.
  ///
  /// - Parameters:
  ///   - head: The head's name.
  ///   - measure: The key of the measure to rank by; nil for the telling one of the task.
  /// - Returns: The key, and the trials of each set of rows.
  /// - Throws: ``FirnError/noMeasure(_:measures:)``, ``FirnError/damagedTrial(head:created:)``; `StoreError.notFound` when there is no
  ///   such head.
  public func trials(
    of head: String, by measure: String? = nil
  ) throws -> [(measure: String, trials: [Trial])] {
    var sets: [[Trial]] = []
    for trial in try reader().trials(of: head).map(Trial.init(stored:)).reversed() {
      if let set = sets.firstIndex(where: { $0[0].isComparable(to: trial) }) {
        sets[set].append(trial)
      } else {
        sets.append([trial])
      }
    }
    return try sets.map { set in
      let known = ["accuracy", "micro_f1", "r2"] + set[0].measures.values.keys.sorted()
      let measured = known.filter { set[0].measures.values[$0] != nil }
      guard let key = measure ?? measured.first else {
        throw FirnError.damagedTrial(head: head, created: set[0].record.created ?? "")
      }
      guard measured.contains(key) else {
        throw FirnError.noMeasure(key, measures: set[0].measures.values.keys.sorted())
      }
      return (key, set.reversed().ranked(by: key))
    }
  }
}
