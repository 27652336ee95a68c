import CommandLineArguments
import Firn

enum HeadPromote: Verb {
  private static let head = Argument(.headReference(), "The version.")
  private static let alias = Argument(.name("ALIAS"), "The alias, such as champion.")
  private static let note = Option("note", .remark("TEXT"), "What the log is to say of it.")

  private static let require = Flag(
    "require",
    "Refuse it, with status 65, if rows that were held out show it to be worse than the alias's version, the most frequent answer or the nearest of the means; this moves a protected alias too."
  )
  private static let confidence = Option(
    "confidence", .number(0..<1, "SHARE"), "How sure --require is before it refuses. Default: 0.95.")

  static let description = CommandDescription(
    "promote", "Let an alias point at a version.",
    takes: [head, alias, require, confidence, note, MoveOptions.override],
    rules: [
      .atMostOne(require, note, MoveOptions.override), .atMostOne(confidence, note, MoveOptions.override),
    ])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let version = try session.store.version(command[head])
    let isHeldToGate = command[require] || command[confidence] != nil
    let entry =
      try isHeldToGate
      ? session.store.promote(version, to: command[alias], requiring: command[confidence] ?? 0.95)
      : session.store.promote(
        version, to: command[alias], on: MoveOptions.ground(of: command, note: command[note]))
    try HeadLog.write(entry, to: session.output)
  }
}
