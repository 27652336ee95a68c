import CommandLineArguments
import Firn
import Terminal

enum TransferTasks: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose features the heads learn from.")
  private static let tasks = Option(
    repeated: "task", .name(),
    "A task to compare; give it for each. Default: all that the dataset's items have labels for.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")

  static let description = CommandDescription(
    "tasks", "Find out how tasks relate on the same items: whether a head for one may help another.",
    discussion: """
      No head is kept. Ridge regression for each task answers each text from all others; what that tells of another task's labels is LEEP, \
      what its labels tell is NCE, both as the share of the other's entropy that they explain. Beside each figure stands, in brackets, what \
      chance makes of it. Classes are taken as they are. Tags are told one by one, and their entropies added up; as a source, the tags of \
      a text share it evenly. Numbers are cut into fifths. Each text counts once.
      """,
    takes: [dataset, backbone, tasks, revision])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Comparing", unit: "%")
    defer { bar.finish() }
    let relations = try session.store.taskRelations(
      in: command[dataset], with: command[backbone], tasks: command[tasks], at: command[revision]
    ) { bar.update(count: Int(100 * $0), fraction: $0) }
    bar.finish()
    try output.write(relations) { write(relations, to: output) }
    remark(on: relations, to: output)
  }

  private static func write(_ relations: TaskRelations, to output: Output) {
    output.heading("Tasks in \(relations.dataset), revision \(relations.revision), by \(relations.backbone)")
    output.table(
      [.left("task"), .left("kind"), .right("texts"), .right("answers"), .right("directions")],
      relations.tasks.map { task in
        [
          task.task, task.kind, Readable.count(task.rows), task.answers.map { Readable.count($0) } ?? "",
          task.rank.map { Readable.count($0) } ?? "",
        ]
      })
    guard !relations.pairs.isEmpty else { return }
    matrix("What the answers of a head explain of a task, in %", of: relations, to: output) {
      $0.answers.map(inPercent)
    }
    matrix("What the labels explain, in %", of: relations, to: output) { $0.labels.map(inPercent) }
    matrix("How alike the heads look at the features, from 0 to 1", of: relations, to: output) {
      $0.similarity.map { "\($0.value.fixed(2)) (\($0.chance.fixed(2)))" }
    }
    guard let best = relations.best, let answers = best.answers else { return }
    output.heading(
      (answers.isTelling
        ? "A head for \(best.from) may help \(best.to)"
        : "No head tells much of another task; that for \(best.from) tells most, of \(best.to)")
        + ": its answers explain \(answers.value.percent) of it, and \(answers.chance.percent) by chance.")
  }

  /// Writes a figure of each two tasks: a row is where it comes from, a column what it tells.
  private static func matrix(
    _ title: String, of relations: TaskRelations, to output: Output,
    _ cell: (TaskRelations.Pair) -> String?
  ) {
    let names = relations.tasks.map(\.task)
    output.heading(title)
    output.table(
      [.left("from")] + names.map { .right($0) },
      names.map { source in
        [source]
          + names.map { target in
            guard source != target else { return "" }
            return relations.pairs.first { $0.from == source && $0.to == target }.flatMap(cell) ?? "–"
          }
      })
  }

  private static func inPercent(_ figure: TaskRelations.Figure) -> String {
    "\((100 * figure.value).fixed(1)) (\((100 * figure.chance).fixed(1)))"
  }

  /// Says what was not compared, and why.
  private static func remark(on relations: TaskRelations, to output: Output) {
    if relations.tasks.count < 2 {
      output.note(
        "It takes two tasks to compare: name another, or label items of \(relations.dataset) for it.")
    }
    for task in relations.tasks {
      guard let problem = task.problem else { continue }
      output.note("No head for \(task.task): \(problem)")
    }
    for pair in relations.pairs where pair.rows < relations.leastRows && pair.from < pair.to {
      output.note(
        "Not compared: \(Readable.count(pair.rows)) texts have labels of both \(pair.from) and \(pair.to); "
          + "\(relations.leastRows) are needed.")
    }
  }
}
