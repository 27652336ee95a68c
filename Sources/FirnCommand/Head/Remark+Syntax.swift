import CommandLineArguments

extension ValueSyntax<String> {
  /// Words for people to read, which must say something.
  static func remark(_ placeholder: String) -> ValueSyntax {
    ValueSyntax(placeholder, expected: "a text that says something") { text in
      text.allSatisfy(\.isWhitespace) ? nil : text
    }
  }
}
