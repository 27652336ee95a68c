import CommandLineArguments
import Firn
import Terminal

enum HeadList: Verb {
  static let description = CommandDescription("list", "List every version of every head.")

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let rows = try session.store.heads().flatMap { head in
      let aliases = try session.store.aliases(of: head.name)
      return try session.store.versions(of: head.name).map { VersionReport($0, aliases: aliases) }
    }
    try session.output.write(rows) {
      session.output.table(
        [
          .left("head"), .left("aliases"), .left("task"), .left("method"), .right("accuracy"),
          .right("macro F1"),
          .right("log loss"), .left("backbone"), .left("digest"), .left("created"),
        ],
        rows.map { row in
          let holdout = row.metrics.holdout
          return [
            "\(row.head)@\(row.version)", row.aliases.joined(separator: ", "), row.task, row.method,
            holdout?.accuracy.percent ?? "", holdout?.macroF1.fixed(3) ?? "", holdout?.logLoss.fixed(3) ?? "",
            row.backbone, row.digest.short, row.created,
          ]
        })
    }
  }
}
