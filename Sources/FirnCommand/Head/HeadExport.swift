import CommandLineArguments
import Firn

enum HeadExport: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")
  private static let file = Option(
    required: "to", .path(), "The file; its extension is the form: .safetensors, .onnx or .md.")

  static let description = CommandDescription(
    "export", "Write a head version to a file for other programs, or for people.",
    discussion: """
      .safetensors is the head as it is stored, and a .json file beside it says what it answers, by which formula and of whose features; \
      firn head import takes both. .onnx is a model: features go in, scores, probabilities and the label, or the number, come out. .md is \
      a model card. What is there already is never overwritten.
      """,
    takes: [head, file])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let summary = try session.store.exportHead(command[head], to: command[file])
    try session.output.write(summary) {
      session.output.fields([
        ("head", "\(summary.head)@\(summary.version)"),
        ("digest", summary.digest.hex),
        ("written", summary.files.joined(separator: ", ")),
      ])
    }
  }
}
