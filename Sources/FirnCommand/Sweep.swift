import CommandLineArguments
import Firn
import Terminal

enum Sweep: Verb {
  private static let head = Argument(
    .name("HEAD"), "The head; it gets one version more. With several tasks there is one HEAD-TASK for each.")
  private static let dataset = Option(
    required: "dataset", .name(), "The dataset whose labelled items are trained on.")
  private static let backbones = Option(
    oneOrMore: "backbone", .name(), "A backbone whose embeddings are the features.")
  private static let tasks = Option(oneOrMore: "task", .name(), "A task that a head learns to answer.")
  private static let methods = Option(
    oneOrMore: "method", ValueSyntax<HeadMethod>.choice("METHOD"), "How it is learnt.")
  private static let penalties = Option(
    repeated: "penalty", .number(above: 0, "LAMBDA"),
    "λ of Σ loss + λ/2·‖W‖², for the methods that have one (logistic, svm, ridge, mlp). Default: each method's own."
  )
  private static let seeds = Option(
    repeated: "seed", .integer(0...),
    "What decides which rows are held out, the folds, and what mlp draws. Default: 0.")
  private static let folds = Option(
    "folds", .integer(2...1000), default: 5, "How many folds take turns in being measured on.")
  private static let repeats = Option(
    "repeats", .integer(1...1000), default: 1, "How often the rows are dealt out to folds anew.")
  private static let holdout = Option(
    "holdout", .number(0..<1, "SHARE"), default: 0.2,
    "The share of each class that no trial sees, to measure the best on.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let measure = Option(
    "by", .name("MEASURE"),
    "The measure to rank by, by its key in JSON. Default: accuracy, micro_f1 or r2, as the task is.")

  static let description = CommandDescription(
    "sweep", "Try many ways to train a head, and keep the best as a new version.",
    discussion: """
      Every method is tried at every penalty, from every seed, on every backbone, with those of the other settings that it takes: its \
      heads are measured on the folds in turn. The \
      best way then makes a version from all rows but those held out, and these, which no trial has seen, measure it. Trials are \
      kept as they are done, and not measured again.
      """,
    takes: [
      head, dataset, backbones, tasks, methods, penalties, TrainingSettings.classWeights,
      TrainingSettings.standardise, TrainingSettings.smoothing, seeds, folds, repeats, GroupField.option,
      holdout, revision, measure,
    ])

  /// A sweep as scripts read it.
  private struct Report: Encodable {
    let head: String
    let task: String
    let dataset: String
    let revision: Int
    let by: String
    let trials: [TrialReport]
    let best: VersionReport

    init(_ sweep: Firn.Sweep) {
      (head, task, dataset) = (sweep.best.head, sweep.best.task, sweep.best.dataset)
      (revision, by) = (sweep.best.revision, sweep.measure)
      trials = sweep.trials.enumerated().map { TrialReport($1, rank: $0 + 1) }
      best = VersionReport(sweep.best)
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let seeds = command[seeds].isEmpty ? [0] : command[seeds]
    let plan = SweepPlan(
      methods: command[methods], penalties: command[penalties], seeds: seeds.distinct.map { UInt64($0) },
      holdout: command[holdout], group: command[GroupField.option], folds: command[folds],
      repeats: command[repeats], classWeights: command[TrainingSettings.classWeights],
      standardises: command[TrainingSettings.standardise], smoothing: command[TrainingSettings.smoothing],
      measure: command[measure])
    let tasks = command[tasks].distinct
    for task in tasks {
      let head = tasks.count > 1 ? "\(command[head])-\(task)" : command[head]
      let sweep = try run(plan, head: head, task: task, command, in: session)
      try session.output.write(Report(sweep)) {
        if tasks.count > 1 { session.output.heading(head) }
        TrialTable(trials: sweep.trials, measure: sweep.measure, tellsReused: true).write(to: session.output)
        session.output.line("")
        VersionFields(version: sweep.best).write(to: session.output)
      }
    }
  }

  private static func run(
    _ plan: SweepPlan, head: String, task: String, _ command: ParsedCommand, in session: Session
  ) throws -> Firn.Sweep {
    let bar = session.output.progressBar("Sweeping \(head)", unit: "heads")
    defer { bar.finish() }
    return try session.store.sweep(
      head, for: task, on: command[dataset], with: command[backbones].distinct, trying: plan,
      at: command[revision],
      progress: { bar.update(count: $0, fraction: Double($0) / Double($1)) },
      onTrial: { trial, measure in
        if !session.output.isQuiet { bar.note(trial.line(of: measure)) }
      })
  }
}

extension Array where Element: Hashable {
  /// Each element once, where it first stands.
  fileprivate var distinct: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
