import CommandLineArguments
import Firn

enum TransferRemove: Verb {
  private static let name = Argument(.name("NAME"), "The transform.")

  static let description = CommandDescription(
    "remove", "Remove a transform, all versions of it; not while a head was trained through one of them.",
    takes: [name])

  private struct Report: Encodable {
    let removed: String
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    try session.store.removeTransform(named: command[name])
    try session.output.write(Report(removed: command[name])) {
      session.output.line("The transform “\(command[name])” is gone")
    }
  }
}
