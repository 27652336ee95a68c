import CommandLineArguments
import Firn

enum HeadProtect: Verb {
  private static let head = Argument(.name("HEAD"), "The head.")
  private static let alias = Argument(.name("ALIAS"), "The alias.")
  private static let off = Flag("off", "Take the protection off.")

  static let description = CommandDescription(
    "protect", "Let an alias move only where someone says why.",
    discussion: """
      promote, rollback and unalias then need --override REASON, and end with status 65 without it; promote --require moves it too. A head with a protected alias \
      is not removed. The log keeps each reason, and when the protection was set and taken off.
      """,
    takes: [head, alias, off])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let entry = try session.store.protect(command[alias], of: command[head], !command[off])
    try HeadLog.write(
      entry, to: session.output,
      asText: "\(entry.head)@\(entry.alias) is \(command[off] ? "not protected" : "protected")")
  }
}
