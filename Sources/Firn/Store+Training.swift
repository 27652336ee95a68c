internal import Digests
public import Heads
internal import JSON
internal import LinearAlgebra
internal import Storage

extension Store {
  /// Trains a head on the stored embeddings of a dataset's labelled items and keeps it as the head's next version.
  ///
  /// - Parameters:
  ///   - head: The head's name; made with its first version and bound to the task.
  ///   - task: The task.
  ///   - dataset: Whose items are trained and measured on.
  ///   - backbone: Whose embeddings are the features.
  ///   - specification: Method, penalty, seed, share held out and what groups the items.
  ///   - revision: The revision of the dataset; nil for the newest.
  ///   - acceptsUnconverged: Whether a solver that stopped early may be kept.
  ///   - progress: Told how far the training is.
  /// - Returns: The new version.
  /// - Throws: `StoreError.missingVectors` when items are not embedded yet;
  ///   ``FirnError/notConverged(iterations:gradientNorm:)``; `HeadError` when the rows do not make a head.
  @discardableResult
  public func train(
    _ head: String, for task: String, on dataset: String, with backbone: String,
    using specification: HeadSpecification, at revision: Int? = nil, acceptsUnconverged: Bool = false,
    progress: @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> HeadVersion {
    let start = ContinuousClock.now
    let reader = try reader()
    let (space, rows, features) = try reader.snapshot {
      let space = try reader.backbone(named: backbone)
      let rows = try TrainingRows(
        of: task, in: dataset, at: revision, groupedBy: specification.group, from: reader)
      return (space, rows, try self.features(of: rows.items.map(\.content), by: space))
    }
    return try train(
      head, on: rows, features: features, by: space, using: specification, since: start,
      acceptsUnconverged: acceptsUnconverged, progress: progress)
  }

  /// Trains a head on rows whose features are loaded, and keeps it as the head's next version.
  ///
  /// - Throws: What the public one does.
  func train(
    _ head: String, on rows: TrainingRows, features: Matrix<Float>, by space: BackboneRecord,
    using specification: HeadSpecification, through effect: TransformEffect? = nil,
    since start: ContinuousClock.Instant, acceptsUnconverged: Bool = false,
    progress: @Sendable (TrainingProgress) -> Void
  ) throws -> HeadVersion {
    let training = try HeadTraining(
      rows, features: features, specification: specification, through: effect, threads: threads,
      progress: progress)
    let report = training.metrics.training
    guard report.converged || acceptsUnconverged else {
      throw FirnError.notConverged(iterations: report.iterations, gradientNorm: report.gradientNorm)
    }
    return try append(
      training.weights, as: specification, metrics: training.metrics, of: head, trainedOn: rows, with: space,
      since: start, statistics: training.statistics)
  }

  /// Keeps a head as the next version of `head`.
  ///
  /// - Parameters:
  ///   - weights: Its archive.
  ///   - specification: What decided it, beside the data.
  ///   - metrics: What was measured of it.
  ///   - head: The head's name.
  ///   - rows: What it was trained and measured on.
  ///   - backbone: Whose features it reads.
  ///   - start: When the work began.
  ///   - parent: The version of the head that it was made from.
  ///   - statistics: What an update of it starts from, where there can be one.
  /// - Returns: The new version.
  /// - Throws: `StoreError`.
  func append(
    _ weights: [UInt8], as specification: HeadSpecification, metrics: HeadMetrics, of head: String,
    trainedOn rows: TrainingRows, with backbone: BackboneRecord, since start: ContinuousClock.Instant,
    parent: Int? = nil, statistics: [UInt8]? = nil
  ) throws -> HeadVersion {
    let specification = try specification.canonicalJSON()
    let rowsDigest = rows.digest
    let environment = HeadEnvironment(
      firn: Self.softwareVersion, kernels: ArithmeticUnits.kernels, blas: ArithmeticUnits.blas,
      seconds: (ContinuousClock.now - start) / .seconds(1))
    let draft = HeadVersionDraft(
      head: head, task: rows.task,
      digest: HeadVersionRecord.digest(
        specification: specification, fingerprint: backbone.fingerprint, rows: rowsDigest, weights: weights),
      specification: specification, backbone: backbone.name, fingerprint: backbone.fingerprint,
      dataset: rows.dataset, revision: rows.revision, rowsDigest: rowsDigest, weights: weights,
      metrics: try metrics.canonicalJSON(), environment: try environment.canonicalJSON(),
      parent: parent, statistics: statistics)
    return try HeadVersion(writer().append(draft), aliases: [])
  }

  /// Trains a head version again, from the revision it was trained on, and compares the bytes; of one that was imported, checks the
  /// digest.
  ///
  /// - Parameters:
  ///   - reference: The version.
  ///   - progress: Told how far the training is.
  /// - Returns: What is the same, and what is not.
  /// - Throws: ``FirnError``, and `StoreError` when items are not embedded.
  public func verifyHead(
    _ reference: HeadReference, progress: @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> HeadVerification {
    let reader = try reader()
    let version = try reader.version(reference)
    if version.specification.imported != nil {
      let stored = try reader.weights(of: version.record)
      // What is not made again cannot differ.
      return HeadVerification(
        version: version, rowsAreIdentical: true, weightsAreIdentical: true, metricsAreIdentical: true,
        digestIsIdentical: version.record.digest(rows: version.rowsDigest, weights: stored) == version.digest)
    }
    let (stored, rows, features, effect) = try reader.snapshot {
      let space = try reader.backbone(of: version)
      let rows = try TrainingRows(of: version, from: reader)
      let features = try self.features(of: rows.items.map(\.content), by: space)
      return (
        try reader.weights(of: version.record), rows, features, try reader.effect(of: version.specification)
      )
    }
    let training = try HeadTraining(
      rows, features: features, specification: version.specification, through: effect, threads: threads,
      progress: progress)
    return HeadVerification(
      version: version, rowsAreIdentical: rows.digest == version.rowsDigest,
      weightsAreIdentical: training.weights == stored,
      metricsAreIdentical: try training.metrics.canonicalJSON() == version.record.metrics,
      digestIsIdentical: version.record.digest(rows: rows.digest, weights: stored) == version.digest)
  }
}
