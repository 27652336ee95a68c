import CommandLineArguments
import Firn

enum HeadPromote: Verb {
  private static let head = Argument(.headReference(), "The version.")
  private static let alias = Argument(.name("ALIAS"), "The alias, such as champion.")
  private static let note = Option("note", .remark("TEXT"), "What the log is to say of it.")

  static let description = CommandDescription(
    "promote", "Let an alias point at a version.", takes: [head, alias, note, MoveOptions.override],
    rules: [.atMostOne(note, MoveOptions.override)])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let entry = try session.store.promote(
      session.store.version(command[head]), to: command[alias],
      on: MoveOptions.ground(of: command, note: command[note]))
    try HeadLog.write(entry, to: session.output)
  }
}
