public import Backbones
public import Digests
public import Heads
internal import JSON
internal import Storage

/// What a person or a program needs to know of a head version that has left its store: what it answers, by which formula, whose
/// features it reads, what it was made of and how well it does. It stands as JSON beside the file of the weights.
public struct HeadDescription: Sendable, Codable {
  /// The backbone without whose features a head does not answer.
  public struct Backbone: Sendable, Codable {
    /// The name that it had in the store.
    public let name: String
    /// The digest of all that decides its output.
    public let fingerprint: SHA256Digest
    /// Values of a vector.
    public let dimension: Int
    /// What it consists of: layer, pooling, normalisation, prompt, files. Nil where it is only declared, or no more in the store.
    public let manifest: BackboneManifest?
    /// What makes its features, where it is only declared.
    public let source: String?
  }

  /// The head's name.
  public let head: String
  /// The version.
  public let version: Int
  /// SHA-256 over specification, fingerprint, rows and weights.
  public let digest: SHA256Digest
  /// The task that it answers.
  public let task: String
  /// What is answered: `one-of`, `any-of` or `number`.
  public let answers: String
  /// The names of the scores, in their order; none for a number.
  public let classes: [String]
  /// By which method it was learnt.
  public let method: HeadMethod
  /// By which model it answers: `linear`, `neighbours` or `perceptron`.
  public let model: String
  /// How the answer is computed of features, by the names of the tensors.
  public let formula: String
  /// The backbone whose features it reads.
  public let backbone: Backbone
  /// What decided the training, beside the data.
  public let specification: HeadSpecification
  /// The dataset it was trained on.
  public let dataset: String
  /// The revision of that dataset.
  public let revision: Int
  /// SHA-256 over the ids, contents and labels of its rows.
  public let rowsDigest: SHA256Digest
  /// What was measured.
  public let metrics: HeadMetrics
  /// What it was trained with.
  public let environment: HeadEnvironment
  /// When it was trained: ISO 8601, UTC.
  public let created: String

  enum CodingKeys: String, CodingKey {
    case head, version, digest, task, answers, classes, method, model, formula, backbone, specification
    case dataset, revision, metrics, environment, created
    case rowsDigest = "rows_digest"
  }

  /// Describes `head`, which is that of `version`.
  init(_ version: HeadVersion, head: Head, from reader: StoreReader) throws {
    (self.head, self.version, digest, task) = (version.head, version.number, version.digest, version.task)
    (answers, classes) = (head.answers.archiveKind, head.answers.names)
    (method, model) = (version.specification.method, head.model.archiveKind)
    formula = head.formula
    let record = try reader.backbone(fingerprint: version.fingerprint)
    backbone = Backbone(
      name: version.backbone, fingerprint: version.fingerprint, dimension: head.width,
      manifest: try record.flatMap { $0.isDeclared ? nil : try $0.manifest(in: reader.path) },
      source: try record.flatMap { $0.isDeclared ? try $0.declaration(in: reader.path).source : nil })
    specification = version.specification
    (dataset, revision, rowsDigest) = (version.dataset, version.revision, version.rowsDigest)
    (metrics, environment, created) = (version.metrics, version.environment, version.created)
  }

  /// What a file of the head says of itself in texts, for those that hold nothing else.
  var texts: [String: String] {
    get throws {
      [
        "head": head, "version": "\(version)", "digest": digest.hex, "task": task, "answers": answers,
        "classes": try classes.canonicalJSON(), "method": method.rawValue, "backbone": backbone.name,
        "fingerprint": backbone.fingerprint.hex, "formula": formula,
      ]
    }
  }
}

extension Head {
  /// How answers are computed, by the names of the archive's tensors.
  fileprivate var formula: String {
    switch answers {
    case .oneOf: "\(model.formula(of: "log(share)")); probabilities = softmax(sharpness · scores)"
    case .anyOf:
      "\(model.formula(of: "log(share / (1 − share))")); probabilities = 1 / (1 + exp(−sharpness · scores))"
    case .number: "\(model.formula(of: "share")); number = scores"
    }
  }
}

extension HeadModel {
  /// How scores are computed; where rows vote, `score` of a share of the votes.
  fileprivate func formula(of score: String) -> String {
    switch self {
    case .linear: "scores = x · weightᵀ + bias"
    case .perceptron:
      "scores = max(0, x · hidden_weight + hidden_bias) · output_weight + output_bias"
    case .neighbours:
      "the `count` rows of `features` nearest to x by cosine s vote for their `targets` with the weights exp((s − s₀) / 0.07), s₀ "
        + "being the cosine of the last of them, and one voter more, of the weight 1, as all rows together; share = votes / weights; "
        + "scores = \(score)"
    }
  }
}
