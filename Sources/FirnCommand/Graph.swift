import CommandLineArguments
import Firn
import Terminal

enum Graph: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let count = Option("k", .integer(1...), default: 10, "How many neighbours each item has.")
  private static let file = Option(
    required: "to", .path(), "The file; its extension is the form: .tsv or .jsonl. Never overwritten.")
  private static let filter = Option("where", .text("EXPR"), "Which items, as for nearest. Default: all.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")

  static let description = CommandDescription(
    "graph", "Write the graph of each item's nearest neighbours for other programs.",
    discussion: """
      Exact, by cosine. Each edge has a source, a target and a score; an item's nearest comes first, and those of equal score in the \
      order of their ids. An item is not its own neighbour.
      """,
    takes: [dataset, backbone, count, file, filter, revision])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let bar = session.output.progressBar("Comparing", unit: "%")
    defer { bar.finish() }
    let summary = try session.store.exportGraph(
      of: command[dataset], to: command[file], nearest: command[count], with: command[backbone],
      at: command[revision],
      where: command.filter(filter)
    ) { bar.update(count: Int(100 * $0), fraction: $0) }
    bar.finish()
    try session.output.write(summary) {
      session.output.fields([
        ("dataset", "\(summary.dataset), revision \(summary.revision)"),
        ("items", Readable.count(summary.items)), ("edges", Readable.count(summary.edges)),
        ("written", summary.file),
      ])
    }
  }
}
