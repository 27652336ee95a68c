import CommandLineArguments
import Firn

enum DatasetForget: Verb {
  private static let dataset = Argument(.name("DATASET"), "The dataset.")
  private static let revision = Option(
    required: "before", .integer(1..., "REV"), "The oldest revision that stays.")

  static let description = CommandDescription(
    "forget", "Drop a dataset's old revisions.",
    discussion: """
      Those that heads were trained on stay. What only the dropped ones held is no longer read by --at, and firn vacuum frees its \
      texts and embeddings.
      """,
    takes: [dataset, revision])

  private struct Report: Encodable {
    let dataset: String
    let forgotten: Int
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let forgotten = try session.store.forgetRevisions(of: command[dataset], before: command[revision])
    try session.output.write(Report(dataset: command[dataset], forgotten: forgotten)) {
      session.output.line(
        "Dropped \(forgotten) revision\(forgotten == 1 ? "" : "s"); firn vacuum frees what they alone held")
    }
  }
}
