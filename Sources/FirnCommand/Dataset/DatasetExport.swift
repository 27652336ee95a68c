import CommandLineArguments
import Firn
import Terminal

enum DatasetExport: Verb {
  private static let dataset = Argument(.name("DATASET"), "The dataset.")
  private static let file = Option(
    required: "to", .path(), "The file; its extension is the form: .npy, .safetensors, .csv or .jsonl.")
  private static let backbone = Option("backbone", .name(), "The backbone whose features are written.")
  private static let revision = Option("at", .integer(1..., "REV"), "The revision. Default: the newest.")
  private static let filter = Option("where", .text("EXPR"), "Which items, as for nearest. Default: all.")

  static let description = CommandDescription(
    "export", "Write a dataset's items, labels and features to files for other programs.",
    discussion: """
      .npy and .safetensors hold the features, one row an item, and a .jsonl file beside them the items of the rows; in safetensors the \
      table is called features. .csv is one table: id, text, metadata, a column a task and, with --backbone, a column a feature. \
      .jsonl alone holds the items as extract reads them. What is there already is never overwritten.
      """,
    takes: [dataset, file, backbone, revision, filter])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let bar = session.output.progressBar("Writing", unit: "%")
    defer { bar.finish() }
    let summary = try session.store.export(
      command[dataset], to: command[file], with: command[backbone], at: command[revision],
      where: command.filter(filter)
    ) { bar.update(count: Int(100 * $0), fraction: $0) }
    bar.finish()
    try session.output.write(summary) {
      session.output.fields([
        ("dataset", "\(summary.dataset), revision \(summary.revision)"),
        ("items", Readable.count(summary.items)),
        ("written", summary.files.joined(separator: ", ")),
      ])
    }
  }
}
