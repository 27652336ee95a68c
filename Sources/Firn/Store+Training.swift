internal import Digests
public import Heads
internal import LinearAlgebra
internal import Storage

extension Store {
  /// Trains a head on the stored embeddings of a dataset's labelled items and keeps it as the head's next version.
  ///
  /// - Parameters:
  ///   - head: The head's name; made with its first version and bound to the task.
  ///   - task: The single-label task.
  ///   - dataset: Whose items are trained and measured on.
  ///   - backbone: Whose embeddings are the features.
  ///   - specification: Method, penalty, seed and share held out.
  ///   - revision: The revision of the dataset; nil for the newest.
  ///   - acceptsUnconverged: Whether a solver that stopped early may be kept.
  ///   - progress: Told how far the training is.
  /// - Returns: The new version.
  /// - Throws: `StoreError.missingVectors` when items are not embedded yet; ``FirnError/notConverged(iterations:gradientNorm:)``;
  ///   `HeadError` when the rows do not make a head.
  @discardableResult
  public func train(
    _ head: String, for task: String, on dataset: String, with backbone: String,
    using specification: HeadSpecification, at revision: Int? = nil, acceptsUnconverged: Bool = false,
    progress: @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> HeadVersion {
    let clock = ContinuousClock()
    let start = clock.now
    let reader = try reader()
    let (record, rows, features) = try reader.snapshot {
      let record = try reader.backbone(named: backbone)
      let rows = try TrainingRows(of: task, in: dataset, at: revision, from: reader)
      return (record, rows, try reader.features(of: rows.items.map(\.content), by: record))
    }
    let training = try HeadTraining(
      rows, features: features, specification: specification, threads: threads, progress: progress)
    let report = training.metrics.training
    guard report.converged || acceptsUnconverged else {
      throw FirnError.notConverged(iterations: report.iterations, gradientNorm: report.gradientNorm)
    }
    let specificationJSON = try specification.canonicalJSON()
    let rowsDigest = rows.digest
    let environment = HeadEnvironment(
      firn: Firn.version, kernels: ArithmeticUnits.kernels, blas: ArithmeticUnits.blas,
      seconds: (clock.now - start) / .seconds(1))
    let draft = HeadVersionDraft(
      head: head, task: task,
      digest: Self.digest(
        specification: specificationJSON, fingerprint: record.fingerprint, rows: rowsDigest,
        weights: training.weights),
      specification: specificationJSON, backbone: backbone, fingerprint: record.fingerprint, dataset: dataset,
      revision: rows.revision, rowsDigest: rowsDigest, weights: training.weights,
      metrics: try training.metrics.json(), environment: try environment.json())
    return try HeadVersion(writer().append(draft))
  }

  /// Trains a head version again, from the revision it was trained on, and compares the bytes.
  public func verifyHead(_ reference: HeadReference) throws -> HeadVerification {
    let reader = try reader()
    let (record, stored, rows, features) = try reader.snapshot {
      let record = try reader.version(reference)
      let backbone = try reader.backbone(of: record)
      let rows = try TrainingRows(of: record.task, in: record.dataset, at: record.revision, from: reader)
      let features = try reader.features(of: rows.items.map(\.content), by: backbone)
      return (record, try reader.weights(of: record), rows, features)
    }
    let version = try HeadVersion(record)
    let training = try HeadTraining(
      rows, features: features, specification: version.specification, threads: threads)
    let digest = Self.digest(
      specification: record.specification, fingerprint: record.fingerprint, rows: rows.digest,
      weights: training.weights)
    return HeadVerification(
      version: version, rowsAreIdentical: rows.digest == record.rowsDigest,
      weightsAreIdentical: training.weights == stored, digestIsIdentical: digest == record.digest,
      metricsAreIdentical: try training.metrics.json() == record.metrics)
  }

  /// What names a version's content: SHA-256 over specification, fingerprint, rows and weights.
  private static func digest(
    specification: String, fingerprint: SHA256Digest, rows: SHA256Digest, weights: [UInt8]
  ) -> SHA256Digest {
    var hasher = SHA256()
    hasher.update(specification.utf8.count)
    hasher.update(specification)
    hasher.update(fingerprint.bytes)
    hasher.update(rows.bytes)
    hasher.update(weights)
    return hasher.finalize()
  }
}

/// What training a head version again gave.
public struct HeadVerification: Sendable {
  /// The version.
  public let version: HeadVersion
  /// Whether the ids, contents and labels are those it was trained on.
  public let rowsAreIdentical: Bool
  /// Whether the weights are the same bytes.
  public let weightsAreIdentical: Bool
  /// Whether the digest is that of what is stored.
  public let digestIsIdentical: Bool
  /// Whether the same was measured.
  public let metricsAreIdentical: Bool

  /// Whether all is as it was.
  public var isIdentical: Bool {
    rowsAreIdentical && weightsAreIdentical && digestIsIdentical && metricsAreIdentical
  }

  /// What differs, and what may explain it; empty when nothing does.
  public var differences: [String] {
    let here = (kernels: ArithmeticUnits.kernels, blas: ArithmeticUnits.blas)
    var differences: [String] = []
    if !rowsAreIdentical { differences.append("the rows are not those it was trained on") }
    if !weightsAreIdentical { differences.append("the weights differ") }
    if !metricsAreIdentical { differences.append("the metrics differ") }
    if !digestIsIdentical { differences.append("the digest is not that of its content") }
    if !differences.isEmpty, version.environment.blas != here.blas {
      differences.append("it was trained with \(version.environment.blas); here it is \(here.blas)")
    }
    return differences
  }
}
