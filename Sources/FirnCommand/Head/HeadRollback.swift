import CommandLineArguments
import Firn

enum HeadRollback: Verb {
  private static let head = Argument(.name("HEAD"), "The head.")
  private static let alias = Argument(.name("ALIAS"), "The alias.")

  static let description = CommandDescription(
    "rollback", "Let an alias point at where it pointed before.",
    discussion: "The log keeps every move: a rollback is one more entry. Twice goes two promotions back.",
    takes: [head, alias, MoveOptions.override])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let entry = try session.store.rollback(
      command[alias], of: command[head], on: MoveOptions.ground(of: command))
    try HeadLog.write(entry, to: session.output)
  }
}
