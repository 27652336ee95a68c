import CommandLineArguments
import Firn

enum HeadUntag: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")
  private static let tags = Argument(repeated: .name("TAG"), "The tags.")

  static let description = CommandDescription("untag", "Take tags from a version.", takes: [head, tags])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let version = try session.store.untag(session.store.version(command[head]), from: command[tags])
    try AnnotationReport.write(version, to: session.output)
  }
}
