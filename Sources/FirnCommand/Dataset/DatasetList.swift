import CommandLineArguments
import Firn
import Terminal

enum DatasetList: Verb {
  static let description = CommandDescription("list", "List the datasets of the store.")

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let datasets = try session.store.datasets()
    try session.output.write(datasets.map(DatasetShow.Report.init)) {
      session.output.table(
        [.left("name"), .right("revision"), .right("items"), .left("tasks")],
        datasets.map { dataset in
          [
            dataset.name, dataset.revision.map { "\($0)" } ?? "none", Readable.count(dataset.items),
            dataset.tasks.map(\.task).joined(separator: ", "),
          ]
        })
    }
  }
}
