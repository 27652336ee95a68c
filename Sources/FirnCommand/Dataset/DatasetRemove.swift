import CommandLineArguments
import Firn

enum DatasetRemove: Verb {
  private static let dataset = Argument(.name("DATASET"), "The dataset.")

  static let description = CommandDescription(
    "remove", "Remove a dataset with all its revisions.",
    discussion: """
      Its texts and their embeddings stay, for other datasets may hold them too; firn vacuum frees those that none does. A dataset \
      that heads were trained on stays until they are removed.
      """,
    takes: [dataset])

  private struct Report: Encodable { let removed: String }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    try session.store.removeDataset(named: command[dataset])
    try session.output.write(Report(removed: command[dataset])) {
      session.output.line("Removed \(command[dataset]); firn vacuum frees what it alone held")
    }
  }
}
