import CommandLineArguments
import Firn

enum HeadTag: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")
  private static let tags = Argument(repeated: .name("TAG"), "The tags.")

  static let description = CommandDescription(
    "tag", "Give a version tags.",
    discussion:
      "Any number of versions may have one tag, unlike an alias. Versions that have tags are not pruned.",
    takes: [head, tags])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let version = try session.store.tag(session.store.version(command[head]), with: command[tags])
    try AnnotationReport.write(version, to: session.output)
  }
}
