import CommandLineArguments
import Firn

enum HeadNote: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")
  private static let text = Argument(.remark("TEXT"), "What is to be remembered of it.")

  static let description = CommandDescription(
    "note", "Write down what is to be remembered of a version.",
    discussion: "The version itself never changes. A note stays, with the time it was written.",
    takes: [head, text])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let version = try session.store.note(command[text], on: session.store.version(command[head]))
    try AnnotationReport.write(version, to: session.output)
  }
}
