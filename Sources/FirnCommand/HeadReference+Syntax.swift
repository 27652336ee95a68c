import CommandLineArguments
import Firn

extension ValueSyntax<HeadReference> {
  /// A head, or a version of it by number or alias.
  static var headReference: ValueSyntax {
    ValueSyntax("HEAD[@VERSION]", expected: "HEAD, HEAD@NUMBER or HEAD@ALIAS") {
      try? HeadReference(parsing: $0)
    }
  }
}
