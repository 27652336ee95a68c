internal import Digests
public import Heads
internal import LinearAlgebra
internal import Storage

extension Store {
  /// Trains a head on the labels of a source for the items of a target, holds it against what it must beat, and keeps it as the head's next
  /// version, whatever was found; what was found stands in its metrics.
  ///
  /// - Parameters:
  ///   - head: The head's name; made with its first version and bound to the task.
  ///   - task: The task.
  ///   - source: The dataset whose labels are learnt.
  ///   - target: The dataset that is to be served. Its labels, where it has some, are what the head is measured by.
  ///   - backbone: Whose embeddings are the features.
  ///   - specification: Method, penalty, seed. The share held out and what groups the items mean nothing here.
  ///   - transform: What brings the source nearer to the target: a transform that is stored, or the name of a method, by which one is learnt,
  ///     with its usual settings; nil for the features as they are.
  ///   - acceptsUnconverged: Whether a solver that stopped early may be kept.
  ///   - progress: Told how far the training is.
  /// - Returns: The new version, whose `metrics.transfer` says whether the transfer helps.
  /// - Throws: ``FirnError/otherTransform(_:leads:asked:)``; `TransferError` where the transform counts rows, and the method cannot; what ``align(_:to:with:by:task:penalty:axes:called:)`` and training throw.
  @discardableResult
  public func train(
    _ head: String, for task: String, from source: String, to target: String, with backbone: String,
    using specification: HeadSpecification, through transform: TransformReference? = nil,
    acceptsUnconverged: Bool = false, progress: @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> HeadVersion {
    let start = ContinuousClock.now
    let transform = try transform.map {
      try self.transform($0, from: source, to: target, for: task, with: backbone, using: specification)
    }
    let reader = try reader()
    var specification = specification
    (specification.holdout, specification.group) = (0, nil)
    let (space, rows, features, effect) = try reader.snapshot {
      let space = try reader.backbone(named: backbone)
      let adaptation = Adaptation(
        to: target, revision: try reader.latestRevision(of: target).number, through: transform?.digest.hex)
      specification.adaptation = adaptation
      let rows = try TrainingRows(of: task, in: source, at: nil, for: adaptation, from: reader)
      return (
        space, rows, try self.features(of: rows.items.map(\.content), by: space),
        try transform.map(reader.effect)
      )
    }
    return try train(
      head, on: rows, features: features, by: space, using: specification, through: effect, since: start,
      acceptsUnconverged: acceptsUnconverged, progress: progress)
  }

  /// The transform that a reference means, or one that is learnt by the method that it names; a head of the specification can make use of it.
  private func transform(
    _ reference: TransformReference, from source: String, to target: String, for task: String,
    with backbone: String, using specification: HeadSpecification
  ) throws -> Transform {
    let reader = try reader()
    let counts = try specification.method.hasClassWeights && reader.task(named: task).kind == .singleLabel
    if reference.version == nil,
      let method = TransformSpecification.Method.alignments.first(where: { $0.rawValue == reference.name })
    {
      guard method.mapsFeatures || counts else { throw method.countsRows }
      return try align(
        source, to: target, with: backbone, by: method, task: method == .shift ? task : nil)
    }
    let transform = try reader.transform(reference)
    let (own, space) = (transform.specification, try reader.backbone(named: backbone))
    guard own.source.dataset == source, own.target.dataset == target, own.task ?? task == task,
      transform.record.fromFingerprint == space.fingerprint,
      transform.record.toFingerprint == space.fingerprint
    else {
      throw FirnError.otherTransform(
        transform.reference, leads: transform.course,
        asked: Transform.course(from: source, to: target, with: backbone, for: own.task.map { _ in task }))
    }
    guard own.method.mapsFeatures || counts else {
      throw own.method.countsRows
    }
    return transform
  }
}

extension StoreReader {
  /// The transform through which heads of a specification are trained; nil where there is none, or it is no more in the store.
  ///
  /// - Throws: ``FirnError/damagedTransform(_:reason:)``.
  func transform(of specification: HeadSpecification) throws -> Transform? {
    guard let hex = specification.adaptation?.transform, let digest = SHA256Digest(hex: hex) else {
      return nil
    }
    return try transform(digest: digest).map(Transform.init)
  }

  /// The same where it must be in the store.
  ///
  /// - Throws: ``FirnError/transformMissing(digest:)``, ``FirnError/damagedTransform(_:reason:)``.
  func neededTransform(of specification: HeadSpecification) throws -> Transform? {
    guard let hex = specification.adaptation?.transform else { return nil }
    guard let transform = try transform(of: specification) else {
      throw FirnError.transformMissing(digest: hex)
    }
    return transform
  }

  /// What that does; nil where there is none.
  ///
  /// - Throws: ``FirnError/transformMissing(digest:)``, ``FirnError/damagedTransform(_:reason:)``.
  func effect(of specification: HeadSpecification) throws -> TransformEffect? {
    try neededTransform(of: specification).map(effect)
  }
}
