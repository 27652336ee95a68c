import CommandLineArguments
import Firn

enum HeadImport: Verb {
  private static let file = Argument(.path("FILE"), "A head as firn head export writes it: .safetensors.")
  private static let head = Option(required: "head", .name(), "The head; it gets one version more.")
  private static let task = Option(required: "task", .name(), "The task that it answers.")
  private static let dataset = Option(
    required: "dataset", .name(), "The dataset whose labelled items it is measured on.")
  private static let backbone = Option(
    "backbone", .name(),
    "The backbone whose features it reads. Default: the one that the .json file beside FILE names; any other is refused."
  )
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let note = Option("note", .remark("TEXT"), "What is to be remembered of it.")

  static let description = CommandDescription(
    "import", "Take an exported head as a new version.",
    discussion: """
      It is kept byte by byte, and measured on all labelled items of the dataset; whether it was trained on some of them is not known. It \
      cannot be trained again: firn head verify checks its digest alone.
      """,
    takes: [file, head, task, dataset, backbone, revision, note])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    var version = try session.store.importHead(
      command[file], as: command[head], for: command[task], on: command[dataset], with: command[backbone],
      at: command[revision])
    if let note = command[note] { version = try session.store.note(note, on: version) }
    try session.output.write(VersionReport(version)) {
      VersionFields(version: version).write(to: session.output)
    }
  }
}
