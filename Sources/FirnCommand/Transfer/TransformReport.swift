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

  /// The settings beside the method, each in words.
  static func settings(of specification: TransformSpecification) -> [String] {
    [
      specification.penalty.map { "penalty \($0.compact)" }, specification.axes.map { "\($0) axes" },
      specification.task.map { "task \($0)" },
    ].compactMap { $0 }
  }
}

extension TransformSpecification.Method {
  /// The methods' names, for help.
  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension ValueSyntax<TransformReference> {
  /// A method, or a transform that is stored.
  static var transformReference: ValueSyntax {
    ValueSyntax("METHOD|NAME[@VERSION]", expected: "a method, NAME or NAME@NUMBER", write: \.description) {
      TransformReference(parsing: $0)
    }
  }
}
