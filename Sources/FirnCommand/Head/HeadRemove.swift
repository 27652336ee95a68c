import CommandLineArguments
import Firn

enum HeadRemove: Verb {
  private static let head = Argument(.name("HEAD"), "The head.")

  static let description = CommandDescription(
    "remove", "Remove a head with all its versions and its log.", takes: [head])

  private struct Report: Encodable { let removed: String }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    try session.store.removeHead(named: command[head])
    try session.output.write(Report(removed: command[head])) {
      session.output.line("Removed \(command[head])")
    }
  }
}
