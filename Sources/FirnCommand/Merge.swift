import CommandLineArguments
import Firn
import Terminal

enum Merge: Verb {
  private static let stores = Argument(
    repeated: .path("STORE"), "The stores that are merged; they are only read.")
  private static let target = Option(
    required: "into", .path(), "The store that takes it all; made if it is not there.")

  static let description = CommandDescription(
    "merge", "Take into one store all that others hold.",
    discussion: """
      Texts and embeddings unite by their digests; their order makes no difference, and merging again changes nothing. A dataset \
      comes with its revisions; where two of one name went different ways, as shards of one extraction do, the items of both are \
      united as a new revision. Heads come with their versions and aliases. Where stores contradict each other the contradictions are \
      named, and the status is 65.
      """,
    takes: [stores, target])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let bar = session.output.progressBar("Merging", unit: "%")
    defer { bar.finish() }
    let store = session.store(at: command[target])
    let summary = try store.merge(command[stores], command: session.commandLine) {
      bar.update(count: Int(100 * $0), fraction: $0)
    }
    bar.finish()
    try session.output.write(summary) {
      session.output.fields([
        ("store", command[target]),
        ("new texts", Readable.count(summary.contents)),
        ("new embeddings", Readable.count(summary.vectors)),
        ("datasets", summary.datasets.isEmpty ? "none changed" : summary.datasets.joined(separator: ", ")),
        ("new head versions", Readable.count(summary.versions)),
      ])
    }
  }
}
