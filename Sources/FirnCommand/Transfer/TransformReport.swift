import CommandLineArguments
import Firn

/// A transform as scripts read it.
struct TransformReport: Encodable {
  let name: String
  let version: Int
  let digest: SHA256Digest
  let specification: TransformSpecification
  let backbone: String
  let toBackbone: String
  let metrics: Transform.Metrics
  let created: String

  enum CodingKeys: String, CodingKey {
    case name, version, digest, specification, backbone, metrics, created
    case toBackbone = "to_backbone"
  }

  init(_ transform: Transform) {
    (name, version, digest) = (transform.name, transform.version, transform.digest)
    (specification, metrics, created) = (transform.specification, transform.metrics, transform.created)
    (backbone, toBackbone) = (transform.fromBackbone, transform.toBackbone)
  }

  /// The method and its settings, in words.
  static func method(of specification: TransformSpecification) -> String {
    let settings = [
      specification.penalty.map { "penalty \($0.compact)" }, specification.axes.map { "\($0) axes" },
      specification.task.map { "task \($0)" },
      specification.seed.map { "seed \($0)" },
    ].compactMap { $0 }
    return ([specification.method.rawValue] + settings).joined(separator: ", ")
  }
}

extension ValueSyntax<TransformReference> {
  /// A transform that is stored, or the name of a method.
  static func transformReference(_ placeholder: String) -> ValueSyntax {
    ValueSyntax(placeholder, expected: "NAME or NAME@NUMBER", write: \.description) {
      TransformReference(parsing: $0)
    }
  }
}
