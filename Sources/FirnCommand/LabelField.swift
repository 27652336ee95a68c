import CommandLineArguments

/// A field of an input that holds labels, and the task that they answer.
struct LabelField: Sendable {
  let task: String
  let field: String

  static let option = Option(
    repeated: "label",
    ValueSyntax<LabelField>("TASK=FIELD", expected: "TASK=FIELD", write: { "\($0.task)=\($0.field)" }) {
      word in
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      return parts.count == 2 ? LabelField(task: parts[0], field: parts[1]) : nil
    }, "A field that holds labels, and the task they answer. May be repeated.")
}
