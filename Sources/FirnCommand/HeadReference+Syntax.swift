import CommandLineArguments
import Firn

extension ValueSyntax<HeadReference> {
  /// A head, or a version of it by number or alias.
  static func headReference(_ placeholder: String = "HEAD[@VERSION]") -> ValueSyntax {
    ValueSyntax(placeholder, expected: "HEAD, HEAD@NUMBER or HEAD@ALIAS") { try? HeadReference(parsing: $0) }
  }
}
