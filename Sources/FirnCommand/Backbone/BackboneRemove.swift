import CommandLineArguments
import Firn

enum BackboneRemove: Verb {
  private static let name = Argument(.name(), "The backbone.")

  static let description = CommandDescription(
    "remove", "Remove a backbone and all of its embeddings from the store.",
    discussion:
      "Its files stay where they are. Heads trained on its embeddings stay, and serve again when it is added again.",
    takes: [name])

  private struct Report: Encodable { let removed: String }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    try session.store.removeBackbone(named: command[name])
    try session.output.write(Report(removed: command[name])) {
      session.output.line("Removed \(command[name]) and its embeddings")
    }
  }
}
