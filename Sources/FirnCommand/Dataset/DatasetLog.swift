import CommandLineArguments
import Firn
import Terminal

enum DatasetLog: Verb {
  private static let dataset = Argument(.name("DATASET"), "The dataset.")

  static let description = CommandDescription(
    "log", "List every revision of a dataset, the newest first.", takes: [dataset])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let revisions = try session.store.revisions(of: command[dataset])
    try session.output.write(revisions.map(RevisionReport.init)) {
      session.output.table(
        [
          .right("revision"), .left("state"), .right("added"), .right("changed"), .right("removed"),
          .left("created"), .left("command"),
        ],
        revisions.map {
          [
            "\($0.number)", $0.state.rawValue, Readable.count($0.added), Readable.count($0.changed),
            Readable.count($0.removed), $0.created,
            $0.command,
          ]
        })
    }
  }
}
