import CommandLineArguments
import Firn
import Terminal

enum HeadList: Verb {
  static let description = CommandDescription("list", "List every version of every head.")

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let rows = try session.store.versions()
    try session.output.write(rows.map { VersionReport($0, withClasses: false) }) {
      session.output.table(
        [
          .left("head"), .left("aliases"), .left("task"), .left("method"), .left("held out"),
          .right(""), .left("backbone"), .left("digest"), .left("created"),
        ],
        rows.map { row in
          let telling = row.metrics.holdout?.values.first
          return [
            "\(row.reference)", row.aliases.joined(separator: ", "), row.task,
            row.specification.method.rawValue,
            telling?.name ?? "", telling?.text ?? "",
            row.backbone, row.digest.short, row.created,
          ]
        })
    }
  }
}
