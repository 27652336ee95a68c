import CommandLineArguments
import Firn

enum BackboneRelink: Verb {
  private static let name = Argument(.name(), "The backbone.")
  private static let directory = Argument(.path("DIR"), "Where its model directory is now.")

  static let description = CommandDescription(
    "relink", "Say where a backbone's model directory is now.",
    discussion: "The directory is refused unless it gives the fingerprint that was added.",
    takes: [name, directory])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let record = try session.store.relinkBackbone(named: command[name], to: command[directory])
    try BackboneShow.write(record, in: session)
  }
}
