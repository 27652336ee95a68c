internal import Heads
internal import LinearAlgebra
internal import Storage

/// A head version that followed the labels.
public struct HeadUpdate: Sendable {
  /// The new version, whose parent is the one that was updated.
  public let version: HeadVersion
  /// How many rows left the training, came into it, or did both because their class or text changed; nil where all rows were read
  /// again, because the statistics of the parent are not kept or their scale does not hold any more.
  public let changedRows: (removed: Int, added: Int)?
}

extension Store {
  /// Brings the newest version of a ridge head of classes to the labels as they are now, from its statistics: only the rows that changed
  /// are read, those that the link is fitted to, and those held out, to measure on.
  ///
  /// The penalty stays. The new version is the same, byte for byte, as one that is trained with that penalty on all rows.
  ///
  /// - Parameters:
  ///   - head: The head's name.
  ///   - revision: The dataset's revision; nil for the newest.
  /// - Returns: The new version, and how it was made.
  /// - Throws: ``FirnError/notUpdatable(head:method:)``; ``FirnError/adapted(head:)``; ``FirnError/standardised(head:)``; ``FirnError/trainingUnknown(head:)``; what training throws.
  @discardableResult
  public func update(_ head: String, at revision: Int? = nil) throws -> HeadUpdate {
    let start = ContinuousClock.now
    let reader = try reader()
    let (parent, space, before, after, statistics) = try reader.snapshot {
      let newest = try reader.newestVersion(of: head).version
      let parent = try reader.version(HeadReference(head, .number(newest)))
      let space = try reader.backbone(of: parent)
      let before = try TrainingRows(of: parent, from: reader)
      let after = try TrainingRows(
        of: parent.task, in: parent.dataset, at: revision, groupedBy: parent.specification.group, from: reader
      )
      return (parent, space, before, after, try reader.statistics(of: parent.record))
    }
    try parent.checkTrainingIsKnown()
    guard parent.specification.adaptation == nil else { throw FirnError.adapted(head: parent.reference) }
    guard parent.specification.method == .ridge, case .classes = after.targets,
      let penalty = parent.metrics.training.penalty
    else {
      throw FirnError.notUpdatable(head: parent.reference, method: parent.specification.method)
    }
    guard !parent.specification.standardises else { throw FirnError.standardised(head: parent.reference) }
    var specification = parent.specification
    specification.penalty = penalty
    let followed = try statistics.flatMap {
      try follow(
        RidgeStatistics(bytes: $0), from: before, to: after, specification: specification, by: space)
    }
    let training =
      try followed?.training
      ?? HeadTraining(
        after, features: features(of: after.items.map(\.content), by: space), specification: specification,
        threads: threads)
    let version = try append(
      training.weights, as: specification, metrics: training.metrics, of: parent.head, trainedOn: after,
      with: space, since: start, parent: parent.number, statistics: training.statistics)
    return HeadUpdate(
      version: version, changedRows: followed.map { ($0.change.removed.count, $0.change.added.count) })
  }

  /// The training on the rows `after`, by what changed since `before`; nil where the statistics cannot follow.
  private func follow(
    _ statistics: RidgeStatistics, from before: TrainingRows, to after: TrainingRows,
    specification: HeadSpecification, by space: BackboneRecord
  ) throws -> (training: HeadTraining, change: TrainingChange)? {
    let (old, split) = (try before.split(specification), try after.split(specification))
    let change = TrainingChange(from: (before, old.training), to: (after, split.training))
    func rows(_ rows: TrainingRows, _ places: [Int]) throws -> (features: Matrix<Float>, labels: ClassLabels)
    {
      (try features(of: places.map { rows.items[$0].content }, by: space), rows.classLabels(of: places))
    }
    let changed = try statistics.changed(
      removing: rows(before, change.removed), adding: rows(after, change.added), threads: threads)
    guard let changed else { return nil }
    let targets = after.targets.rows(at: split.training)
    let link = RidgeTrainer.linkRows(of: targets)
    let linkFeatures = try features(of: link.map { after.items[split.training[$0]].content }, by: space)
    let trained = try RidgeTrainer.head(
      changed, penalty: specification.penalty ?? 1,
      linkedBy: (linkFeatures, targets.rows(keepingNamesAt: link)), threads: threads)
    let holdout = try features(of: split.holdout.map { after.items[$0].content }, by: space)
    let training = try HeadTraining(
      trained, on: targets, of: after, split: split, holdout: holdout, specification: specification,
      threads: threads)
    return (training, change)
  }
}
