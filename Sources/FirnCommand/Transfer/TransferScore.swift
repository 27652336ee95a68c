import CommandLineArguments
import Firn
import Terminal

enum TransferScore: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset.")
  private static let task = Option(required: "task", .name(), "The task whose labels are to be told.")
  private static let backbones = Option(
    repeated: "backbone", .name(),
    "A backbone to compare; give it for each. Default: all that have read the dataset.")
  private static let source = Option(
    "from", .headReference(), "A head for another task, whose answers are held against the labels (LEEP).")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let curve = Flag("learning-curve", "Also say what twice the labels would bring.")

  static let description = CommandDescription(
    "score", "Rank backbones by how well their features tell the labels of a task.",
    discussion: """
      No head is kept. Ridge regression answers each text from all others, exactly; the nearest other texts vote, for 5,000 of many. These two \
      tell most. H-score and LogME come from sums over the rows alone. Each text counts once.
      """,
    takes: [dataset, task, backbones, source, revision, curve])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Scoring", unit: "%")
    defer { bar.finish() }
    let scores = try session.store.transferScores(
      in: command[dataset], for: command[task], backbones: command[backbones], from: command[source],
      at: command[revision], drawsCurve: command[curve]
    ) { bar.update(count: Int(100 * $0), fraction: $0) }
    bar.finish()
    try output.write(scores) { write(scores, to: output) }
    if !scores.incomplete.isEmpty {
      output.note(
        "Not compared, for they have not read all of the texts: \(scores.incomplete.joined(separator: ", ")); firn extract mends that."
      )
    }
  }

  private static func write(_ scores: TransferScores, to output: Output) {
    output.heading(
      "\(scores.task) in \(scores.dataset), revision \(scores.revision): \(Readable.count(scores.rows)) texts; "
        + (scores.measure == "r2" ? "R², 0 %" : "accuracy, \(scores.baseline.percent)")
        + " by always answering \(scores.measure == "r2" ? "the mean" : "what is most frequent")"
    )
    output.table(
      [
        .left("backbone"), .right("dimension"), .right("ridge"), .left("at 95 %"), .right("neighbours"),
        .left("at 95 %"), .right("H-score"), .right("LogME"), .right("LEEP"), .right("seconds"),
      ],
      scores.backbones.map { score in
        [
          score.backbone, "\(score.dimension)", score.ridge.value.percent, range(score.ridge),
          score.neighbours.value.percent, range(score.neighbours), score.hScore?.fixed(3) ?? "",
          score.logEvidence?.fixed(4) ?? "", score.leep?.fixed(3) ?? "", score.seconds.fixed(2),
        ]
      })
    if let verdict = scores.verdict { output.heading(verdict.description + ".") }
    for score in scores.backbones {
      guard let curve = score.learningCurve else { continue }
      write(curve, of: score.backbone, to: output)
    }
  }

  private static func range(_ figure: TransferScores.Figure) -> String {
    "\((100 * figure.interval.low).fixed(1))–\((100 * figure.interval.high).fixed(1))"
  }

  private static func write(_ curve: LearningCurve, of backbone: String, to output: Output) {
    output.heading("What labels bring, with \(backbone)")
    let last = curve.points.last?.rows ?? 0
    let measured = curve.points.map { [Readable.count($0.rows), $0.accuracy.percent, ""] }
    let expected = [Readable.count(2 * last), curve.accuracy(rows: 2 * last).percent, "expected"]
    output.table([.right("texts"), .right("ridge"), .left("")], measured + [expected])
  }
}
