import CommandLineArguments
import Firn
import Terminal

enum DatasetLog: Verb {
  private static let dataset = Argument(.name("DATASET"), "The dataset.")

  static let description = CommandDescription(
    "log", "List every revision of a dataset, the newest first.", takes: [dataset])

  /// A revision as scripts read it.
  private struct Report: Encodable {
    let revision: Int
    let state: String
    let added: Int
    let changed: Int
    let removed: Int
    let created: String
    let command: String
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let revisions = try session.store.revisions(of: command[dataset])
    let reports = revisions.map {
      Report(
        revision: $0.number, state: $0.state.rawValue, added: $0.added, changed: $0.changed,
        removed: $0.removed,
        created: $0.created, command: $0.command)
    }
    try session.output.write(reports) {
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
