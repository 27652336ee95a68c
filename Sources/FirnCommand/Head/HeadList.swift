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
          .right("accuracy"),
          .right("macro F1"),
          .right("log loss"), .left("backbone"), .left("digest"), .left("created"),
        ],
        rows.map { row in
          let holdout = row.metrics.holdout
          return [
            "\(row.reference)", row.aliases.joined(separator: ", "),
            row.annotations.tags.joined(separator: ", "),
            row.annotations.notes.isEmpty ? "" : "\(row.annotations.notes.count)", row.task,
            row.specification.method.rawValue,
            holdout?.accuracy.percent ?? "", holdout?.macroF1.fixed(3) ?? "", holdout?.logLoss.fixed(3) ?? "",
            row.backbone, row.digest.short, row.created,
          ]
        })
    }
  }
}
