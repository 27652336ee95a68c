import CommandLineArguments
import Firn

enum HeadShow: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")

  static let description = CommandDescription(
    "show", "Show what a head version was made of and how well it does.", takes: [head])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let version = try session.store.version(command[head])
    try session.output.write(VersionReport(version)) {
      VersionFields(version: version).write(to: session.output)
      if let holdout = version.metrics.holdout {
        session.output.heading("On the rows held out")
        holdout.write(to: session.output)
        session.output.line("")
        holdout.writeClasses(to: session.output)
      }
    }
  }
}
