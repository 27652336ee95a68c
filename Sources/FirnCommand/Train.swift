import CommandLineArguments
import Firn
import Terminal

enum Train: Verb {
  private static let head = Argument(.name("HEAD"), "The head; it gets one version more.")
  private static let dataset = Option(
    "dataset", .name(), "The dataset whose labelled items are trained on, and measured on.")
  private static let source = Option(
    "source", .name(), "The dataset whose labelled items are trained on, for another that is to be served.")
  private static let target = Option(
    "target", .name(), "The dataset that is to be served; its labelled items are measured on alone.")
  private static let alignments = TransformSpecification.Method.alignments.map(\.rawValue)
    .joined(separator: ", ")
  private static let align = Option(
    "align", .transformReference("METHOD|NAME[@VERSION]"),
    "What brings the source nearer to the target: a method (\(alignments)) or a transform that is stored. Default: nothing."
  )
  private static let backbone = Option(
    "backbone", .name(), "The backbone whose embeddings are the features.")
  private static let task = Option("task", .name(), "The task that the head learns to answer.")
  private static let method = Option(
    "method", ValueSyntax<HeadMethod>.choice("METHOD"), "How it is learnt.")
  private static let penalty = Option(
    "penalty", .number(above: 0, "LAMBDA"),
    """
    λ of Σ loss + λ/2·‖W‖² (logistic, svm, ridge, mlp). Default: chosen, by exact leave-one-out (ridge) or 3-fold cross-validation \
    (logistic, svm); 1 (mlp).
    """
  )
  private static let neighbours = Option(
    "neighbours", .integer(1...1_000_000, "K"),
    "How many neighbours vote (knn). Default: chosen by leave-one-out.")
  private static let units = Option(
    "units", .integer(1...65_536, "N"), "How many hidden units there are (mlp). Default: 256.")
  private static let holdout = Option(
    "holdout", .number(0..<1, "SHARE"), default: 0.2,
    "The share of each class that is held out to measure on.")
  private static let seed = Option(
    "seed", .integer(0...), default: 0, "What decides which rows are held out, and what mlp draws.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let update = Flag(
    "update",
    "Bring a ridge head of classes to the labels as they are now, from its statistics: the bytes of training anew with its penalty, in a fraction of the time."
  )
  private static let acceptUnconverged = Flag("accept-unconverged", "Keep a head whose solver stopped early.")

  static let description = CommandDescription(
    "train", "Train a head on stored embeddings and keep it as a new version.",
    discussion: """
      Whether a row is held out is decided by its text and the seed, so it stays on its side as the dataset grows, and a text \
      is never on both. With --source and --target the head is held against what it must beat on the target's labelled items: a head of \
      their own labels, the same head without --align, and their most frequent answer. If it is worse, it is kept, but the exit status is \
      3, and promotion refuses it.

      Penalties mean one thing everywhere: scikit-learn's C is 1/λ, its Ridge's alpha is λ.
      """,
    takes: [
      head, update, dataset, source, target, align, backbone, task, method, penalty, neighbours, units,
      TrainingSettings.classWeights, TrainingSettings.standardise, TrainingSettings.smoothing, holdout,
      GroupField.option, seed, revision, acceptUnconverged,
    ],
    rules: [backbone, task].map { .exactlyOne(update, $0) } + [
      .exactlyOne(update, dataset, source), .companion(source, of: target), .companion(target, of: source),
      .companion(align, of: source), .atMostOne(source, holdout), .atMostOne(source, GroupField.option),
      .atMostOne(source, revision),
      .exactlyOne(update, method), .atMostOne(update, penalty), .atMostOne(update, neighbours),
      .atMostOne(update, units), .atMostOne(update, TrainingSettings.classWeights),
      .atMostOne(update, TrainingSettings.standardise), .atMostOne(update, TrainingSettings.smoothing),
      .atMostOne(update, holdout), .atMostOne(update, seed), .atMostOne(update, GroupField.option),
      .atMostOne(update, acceptUnconverged),
    ])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    guard let backbone = command[backbone], let task = command[task], let method = command[method],
      let dataset = command[source] ?? command[dataset]
    else {
      return try update(command[head], at: command[revision], in: session)
    }
    let specification = HeadSpecification(
      method: method, penalty: command[penalty], neighbours: command[neighbours],
      units: command[units], seed: UInt64(command[seed]), holdout: command[holdout],
      group: command[GroupField.option], classWeights: command[TrainingSettings.classWeights],
      standardises: command[TrainingSettings.standardise],
      smoothing: command[TrainingSettings.smoothing])
    let bar = session.output.progressBar("Training", unit: "iterations")
    defer { bar.finish() }
    let tell = { @Sendable (progress: TrainingProgress) in
      bar.update(count: progress.iteration, fraction: progress.fraction)
    }
    let version =
      if let target = command[target] {
        try session.store.train(
          command[head], for: task, from: dataset, to: target, with: backbone, using: specification,
          through: command[align], acceptsUnconverged: command[acceptUnconverged], progress: tell)
      } else {
        try session.store.train(
          command[head], for: task, on: dataset, with: backbone, using: specification,
          at: command[revision], acceptsUnconverged: command[acceptUnconverged], progress: tell)
      }
    bar.finish()
    try session.output.write(VersionReport(version)) {
      VersionFields(version: version).write(to: session.output)
    }
    if version.metrics.transfer?.outcome == .hurts { throw ExitStatus.transferHurts }
  }

  /// The version as scripts read it, with how it was made.
  private struct UpdateReport: Encodable {
    let version: VersionReport
    let removedRows: Int?
    let addedRows: Int?

    enum CodingKeys: String, CodingKey {
      case removedRows = "removed_rows"
      case addedRows = "added_rows"
    }

    func encode(to encoder: any Encoder) throws {
      try version.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(removedRows, forKey: .removedRows)
      try container.encode(addedRows, forKey: .addedRows)
    }
  }

  private static func update(_ head: String, at revision: Int?, in session: Session) throws {
    let update = try session.store.update(head, at: revision)
    let report = UpdateReport(
      version: VersionReport(update.version), removedRows: update.changedRows?.removed,
      addedRows: update.changedRows?.added)
    try session.output.write(report) {
      VersionFields(version: update.version).write(to: session.output)
      session.output.line("")
      session.output.line(
        update.changedRows.map {
          "\(Readable.count($0.removed)) rows left its training and \(Readable.count($0.added)) came; no others were read."
        }
          ?? "All rows were read: the statistics of the version before are not kept, or their scale holds no more."
      )
    }
  }
}
