import CommandLineArguments
import Firn

enum HeadUnalias: Verb {
  private static let head = Argument(.name("HEAD"), "The head.")
  private static let alias = Argument(.name("ALIAS"), "The alias.")

  static let description = CommandDescription(
    "unalias", "Remove an alias.",
    discussion:
      "Its log stays, and is one entry longer. Promoted again, it starts anew: unprotected, with nothing to roll back to.",
    takes: [head, alias, MoveOptions.override])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let entry = try session.store.removeAlias(
      command[alias], of: command[head], on: MoveOptions.ground(of: command))
    try HeadLog.write(entry, to: session.output)
  }
}
