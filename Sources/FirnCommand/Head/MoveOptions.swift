import CommandLineArguments
import Firn

/// The options that say on what ground an alias is moved.
enum MoveOptions {
  static let override = Option(
    "override", .remark("REASON"), "Move the alias though it is protected; the log keeps the reason.")

  /// The ground that a command gives.
  static func ground(of command: ParsedCommand, note: String? = nil) -> MoveGround {
    command[override].map { .override(reason: $0) } ?? .ordinary(note: note)
  }
}
