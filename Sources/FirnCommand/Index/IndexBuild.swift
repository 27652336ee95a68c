import CommandLineArguments
import Firn
import Terminal

enum IndexBuild: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset whose items are searched.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")

  static let description = CommandDescription(
    "build", "Build the index of a dataset, or bring it up to the newest revision.",
    discussion: """
      firn nearest uses it by itself where it saves time. It finds almost all of the nearest: which share is measured here, by \
      queries from among the items and by queries in any direction. Commands that change the dataset keep it up to date. A build that was \
      interrupted goes on where it was.
      """,
    takes: [dataset, backbone])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let bar = session.output.progressBar("Indexing", unit: "%")
    defer { bar.finish() }
    let index = try session.store.buildSearchIndex(of: command[dataset], with: command[backbone]) {
      bar.update(count: Int(100 * $0), fraction: $0)
    }
    bar.finish()
    try session.output.write(index) {
      session.output.fields([
        ("dataset", "\(index.dataset), revision \(index.revision ?? 0)"),
        ("texts", Readable.count(index.contents ?? 0)), ("size", Readable.bytes(index.bytes ?? 0)),
        ("candidates", "\(Readable.count(index.candidates ?? 0)) for ten neighbours"),
        ("found of the ten nearest", "\((index.recallInside ?? 0).fixed(3)) near the items"),
        ("", "\((index.recallOutside ?? 0).fixed(3)) in any direction"),
      ])
    }
  }
}
