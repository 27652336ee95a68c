import CommandLineArguments
import Firn
import Terminal

enum DatasetShow: Verb {
  private static let dataset = Argument(.name("DATASET"), "The dataset.")
  private static let revision = Option("at", .integer(1..., "REV"), "The revision. Default: the newest.")

  static let description = CommandDescription(
    "show", "Show a dataset's revision, its tasks and which backbones have embedded it.",
    takes: [dataset, revision])

  /// A dataset as scripts read it.
  struct Report: Encodable {
    struct Task: Encodable {
      let task: String
      let kind: TaskKind
      let items: Int
    }

    struct Coverage: Encodable {
      let backbone: String
      let embedded: Int
      let tokens: Int
      let truncated: Int
    }

    let name: String
    let revision: Int?
    let items: Int
    let tasks: [Task]
    let created: String
    var embeddings: [Coverage]?

    init(_ dataset: DatasetSummary) {
      (name, revision, items, created) = (dataset.name, dataset.revision, dataset.items, dataset.created)
      tasks = dataset.tasks.map { Task(task: $0.task, kind: $0.kind, items: $0.items) }
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let dataset = try session.store.dataset(named: command[dataset], at: command[revision])
    let coverage = try session.store.coverage(of: dataset.name, at: dataset.revision)
    let output = session.output
    var report = Report(dataset)
    report.embeddings = coverage.map {
      Report.Coverage(
        backbone: $0.backbone, embedded: $0.coverage.embedded, tokens: $0.coverage.tokens,
        truncated: $0.coverage.truncated)
    }
    try output.write(report) {
      output.fields([
        ("name", dataset.name),
        ("revision", dataset.revision.map { "\($0)" } ?? "none"),
        ("items", Readable.count(dataset.items)),
        ("created", dataset.created),
      ])
      if !dataset.tasks.isEmpty {
        output.heading("Tasks")
        output.table(
          [.left("task"), .left("kind"), .right("labelled items")],
          dataset.tasks.map { [$0.task, $0.kind.rawValue, Readable.count($0.items)] })
      }
      guard !coverage.isEmpty else { return }
      output.heading("Embeddings")
      output.table(
        [.left("backbone"), .right("embedded items"), .right("tokens"), .right("truncated")],
        coverage.map {
          [
            $0.backbone, Readable.count($0.coverage.embedded), Readable.count($0.coverage.tokens),
            Readable.count($0.coverage.truncated),
          ]
        })
    }
  }
}
