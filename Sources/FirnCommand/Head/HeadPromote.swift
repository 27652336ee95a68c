import CommandLineArguments
import Firn

enum HeadPromote: Verb {
  private static let head = Argument(.headReference(), "The version.")
  private static let alias = Argument(.name("ALIAS"), "The alias, such as champion.")

  static let description = CommandDescription(
    "promote", "Let an alias point at a version.", takes: [head, alias])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let entry = try session.store.promote(session.store.version(command[head]), to: command[alias])
    try HeadLog.write(entry, to: session.output)
  }
}
