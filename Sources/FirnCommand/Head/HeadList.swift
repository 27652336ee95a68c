import CommandLineArguments
import Firn
import Terminal

enum HeadList: Verb {
  private static let tag = Option("tag", .name("TAG"), "Only versions that have this tag.")

  static let description = CommandDescription("list", "List every version of every head.", takes: [tag])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let rows = try session.store.versions().filter { version in
      command[tag].map(version.annotations.tags.contains) ?? true
    }
    try session.output.write(rows.map { VersionReport($0, withClasses: false) }) {
      session.output.table(
        [
          .left("head"), .left("aliases"), .left("tags"), .right("notes"), .left("task"), .left("method"),
          .left("held out"), .right(""), .left("backbone"), .left("digest"), .left("created"),
        ],
        rows.map { row in
          let telling = row.metrics.holdout?.values.first
          return [
            "\(row.reference)", row.aliases.joined(separator: ", "),
            row.annotations.tags.joined(separator: ", "),
            row.annotations.notes.isEmpty ? "" : "\(row.annotations.notes.count)", row.task,
            row.specification.method.rawValue,
            telling?.name ?? "", telling?.text ?? "",
            row.backbone, row.digest.short, row.created,
          ]
        })
    }
  }
}
