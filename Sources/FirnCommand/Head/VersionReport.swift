import Firn

/// A head version as scripts read it; the measures on the rows held out stand at the top of `metrics`.
struct VersionReport: Encodable {
  let head: String
  let version: Int
  let digest: SHA256Digest
  let aliases: [String]
  let task: String
  let method: String
  let backbone: String
  let fingerprint: SHA256Digest
  let dataset: String
  let revision: Int
  let rowsDigest: SHA256Digest
  let specification: HeadSpecification
  let metrics: Metrics
  let holdoutRows: Int
  let trainRows: Int
  let converged: Bool
  let iterations: Int
  let objective: Double
  let gradientNorm: Double
  let penalty: Double
  let environment: HeadEnvironment
  let seconds: Double
  let created: String

  enum CodingKeys: String, CodingKey {
    case head, version, digest, aliases, task, method, backbone, fingerprint, dataset, revision,
      specification, metrics
    case converged, iterations, objective, penalty, environment, seconds, created
    case rowsDigest = "rows_digest"
    case holdoutRows = "holdout_rows"
    case trainRows = "train_rows"
    case gradientNorm = "gradient_norm"
  }

  /// What was measured.
  struct Metrics: Encodable {
    let holdout: ClassificationMetrics?
    let baselineAccuracy: Double?
    let training: TrainingReport

    enum CodingKeys: String, CodingKey {
      case validation
      case baselineAccuracy = "baseline_accuracy"
      case penaltyCurve = "penalty_curve"
    }

    func encode(to encoder: any Encoder) throws {
      try holdout?.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(baselineAccuracy, forKey: .baselineAccuracy)
      try container.encodeIfPresent(training.validation, forKey: .validation)
      if !training.penaltyCurve.isEmpty { try container.encode(training.penaltyCurve, forKey: .penaltyCurve) }
    }
  }

  init(_ version: HeadVersion, aliases: [AliasEntry]) {
    let (record, training) = (version.record, version.metrics.training)
    (head, self.version, digest, task) = (record.head, record.version, record.digest, record.task)
    (backbone, fingerprint) = (record.backbone, record.fingerprint)
    (dataset, revision, rowsDigest, created) = (
      record.dataset, record.revision, record.rowsDigest, record.created
    )
    self.aliases = aliases.filter { $0.version == record.version }.map(\.alias)
    (method, specification) = (version.specification.method.rawValue, version.specification)
    metrics = Metrics(
      holdout: version.metrics.holdout, baselineAccuracy: version.metrics.baselineAccuracy, training: training
    )
    (holdoutRows, trainRows) = (version.metrics.holdoutRows, version.metrics.trainRows)
    (converged, iterations, objective) = (training.converged, training.iterations, training.objective)
    (gradientNorm, penalty) = (training.gradientNorm, training.penalty)
    (environment, seconds) = (version.environment, version.environment.seconds)
  }
}
