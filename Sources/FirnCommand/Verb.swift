import CommandLineArguments

/// A verb of the command: what it takes, and what it does.
protocol Verb: Sendable {
  /// Its name, help and parameters.
  static var description: CommandDescription { get }
  /// Does what the words ask for.
  static func run(_ command: ParsedCommand, in session: Session) throws
}
