import Firn

/// A head version as scripts read it; the measures on the rows held out stand at the top of `metrics`.
struct VersionReport: Encodable {
  let head: String
  let version: Int
  let digest: SHA256Digest
  let aliases: [String]
  let parent: Int?
  let notes: [HeadAnnotations.Note]
  let tags: [String]
  let task: String
  let method: String
  let backbone: String
  let fingerprint: SHA256Digest
  let dataset: String
  let revision: Int
  let rowsDigest: SHA256Digest
  let specification: HeadSpecification
  /// Where it comes from, if it was imported; `train_rows`, `converged` and what else a training tells mean nothing then.
  let imported: HeadOrigin?
  let metrics: Metrics
  /// Whether a head that learnt from another dataset than it is for is better than what could be had without.
  let transfer: TransferVerdict?
  let holdoutRows: Int
  let trainRows: Int
  let converged: Bool
  let iterations: Int
  let objective: Double
  let gradientNorm: Double
  let penalty: Double?
  let environment: HeadEnvironment
  let seconds: Double
  let created: String

  enum CodingKeys: String, CodingKey {
    case head, version, digest, aliases, task, method, backbone, fingerprint, dataset, revision,
      specification, imported, metrics, transfer
    case parent, notes, tags
    case converged, iterations, objective, penalty, environment, seconds, created
    case rowsDigest = "rows_digest"
    case holdoutRows = "holdout_rows"
    case trainRows = "train_rows"
    case gradientNorm = "gradient_norm"
  }

  /// What was measured: the figures over all rows, and those of each class where they are wanted.
  struct Metrics: Encodable {
    let metrics: HeadMetrics
    let withClasses: Bool

    enum CodingKeys: String, CodingKey {
      case rows, validation
      case baselineAccuracy = "baseline_accuracy"
      case penaltyCurve = "penalty_curve"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      if let holdout = metrics.holdout {
        try container.encode(holdout.rows, forKey: .rows)
        if withClasses {
          try holdout.encode(to: encoder)
        } else {
          let figures = Dictionary(uniqueKeysWithValues: holdout.values.map { ($0.key, $0.value) })
          try figures.encode(to: encoder)
        }
      }
      try container.encodeIfPresent(metrics.baselineAccuracy, forKey: .baselineAccuracy)
      try container.encodeIfPresent(metrics.training.validation, forKey: .validation)
      if !metrics.training.penaltyCurve.isEmpty {
        try container.encode(metrics.training.penaltyCurve, forKey: .penaltyCurve)
      }
    }
  }

  /// A report of a version; the confusion matrix, which is long, only when asked for.
  init(_ version: HeadVersion, withClasses: Bool = true) {
    let training = version.metrics.training
    (head, self.version, digest, aliases) = (version.head, version.number, version.digest, version.aliases)
    (parent, notes, tags) = (version.parent, version.annotations.notes, version.annotations.tags)
    (task, backbone, fingerprint) = (version.task, version.backbone, version.fingerprint)
    (dataset, revision, rowsDigest) = (version.dataset, version.revision, version.rowsDigest)
    (method, specification) = (version.specification.method.rawValue, version.specification)
    imported = version.specification.imported
    transfer = version.metrics.transfer
    metrics = Metrics(metrics: version.metrics, withClasses: withClasses)
    (holdoutRows, trainRows) = (version.metrics.holdoutRows, version.metrics.trainRows)
    (converged, iterations, objective) = (training.converged, training.iterations, training.objective)
    (gradientNorm, penalty) = (training.gradientNorm, training.penalty)
    (environment, seconds, created) = (version.environment, version.environment.seconds, version.created)
  }
}
