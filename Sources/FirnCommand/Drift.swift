import CommandLineArguments
import Firn
import Terminal

enum Drift: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")
  private static let dataset = Option(
    required: "dataset", .name("NEW"), "The dataset that holds what arrives.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let filter = Option(
    "where", .text("EXPR"), "Which items arrive, as for nearest. Default: all.")
  private static let level = Option(
    "level", .number(between: 0, and: 1, "P"), default: 0.05,
    "How often drift may be found where there is none, at the most.")
  private static let seed = Option("seed", .integer(0...), default: 0, "What permutations are drawn from.")

  static let description = CommandDescription(
    "drift", "Tell whether what arrives is still what a head was trained on; exit status 4 where it is not.",
    discussion: """
      No labels are needed. What arrives is compared with the rows that the head held out: where the texts lie (MMD²), how many are \
      unlike all that it was trained on, as predict --reject has it, and what it answers of them. The p-values of the three count as \
      one test, by Holm's method. Texts that it was trained on are left out, and each text counts once.

      The accuracy is estimated from the head's confidence, corrected by as much as that was off on the rows held out; and, beside it, for \
      the case that nothing but the shares of the classes changed (BBSE). Where texts lie elsewhere, a head is surer than it should be, and \
      both flatter: label some to know.
      """,
    takes: [head, dataset, revision, filter, level, seed])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let report = try session.store.drift(
      of: command[head],
      in: ItemSelection(command[dataset], at: command[revision], where: command.filter(filter)),
      level: command[level], seed: UInt64(command[seed]))
    try session.output.write(report) { write(report, to: session.output) }
    if report.isDrift { throw ExitStatus.drifted }
  }

  private static func write(_ report: DriftReport, to output: Output) {
    output.fields([
      ("head", "\(report.head), task \(report.task), backbone \(report.backbone)"),
      ("held out", describe(report.reference)),
      ("new", describe(report.new) + remark(on: report)),
    ])
    output.line("")
    output.table(
      [.left("of"), .left("found"), .right("p"), .right("by Holm"), .left("")],
      report.tests.map { test in
        [
          test.evidence.rawValue, describe(test, in: report), test.pValue.compact, test.adjusted.compact,
          test.isDrift ? "drift" : "",
        ]
      })
    if let accuracy = report.accuracy { write(accuracy, of: report, to: output) }
    output.heading(report.verdict)
    if let answers = report.answers { write(answers, to: output) }
  }

  private static func describe(_ side: DriftReport.Side) -> String {
    "\(side.dataset), revision \(side.revision): \(Readable.count(side.rows)) texts"
  }

  private static func remark(on report: DriftReport) -> String {
    report.trainedOn == 0
      ? "" : "; \(Readable.count(report.trainedOn)) more that the head was trained on are left out"
  }

  private static func describe(_ test: DriftReport.Test, in report: DriftReport) -> String {
    switch test.evidence {
    case .features: "MMD² \(test.statistic.compact)"
    case .novelty:
      "\(report.novelty.share.percent) are unlike all it was trained on; \(report.novelty.referenceShare.percent) held out"
    case .answers:
      if let means = report.means {
        "distance \(test.statistic.fixed(3)), mean \(means.new.compact); \(means.reference.compact) held out"
      } else {
        "χ² \(test.statistic.compact)"
      }
    }
  }

  private static func write(_ accuracy: DriftReport.Accuracy, of report: DriftReport, to output: Output) {
    output.line("")
    // A head is surer than it should be of texts that lie where it has seen none.
    let liesElsewhere = report.tests.contains { $0.evidence != .answers && $0.isDrift }
    let caution = liesElsewhere ? ", and probably less, for a head is too sure of what it does not know" : ""
    let (low, high) = ((100 * accuracy.interval.low).fixed(1), (100 * accuracy.interval.high).fixed(1))
    output.fields([
      (
        "accuracy, estimated",
        "\(accuracy.estimated.percent) (\(low)–\(high))\(caution); \(accuracy.reference.percent) held out"
      ),
      (
        "if only shares changed",
        accuracy.byLabelShift.map(\.percent) ?? "not told: some classes are never answered, or not told apart"
      ),
    ])
  }

  private static func write(_ answers: [DriftReport.Change], to output: Output) {
    let areClasses = answers.contains { $0.referenceShare != nil }
    output.heading(areClasses ? "By class" : "By tag")
    let answered: [Table.Column] = [.left("answer"), .right("answered held out"), .right("new")]
    let estimated: [Table.Column] = [
      .right("share held out"), .right("new, estimated"), .right("right held out"), .right("new, estimated"),
    ]
    output.table(
      answered + (areClasses ? estimated : []),
      answers.prefix(20).map { change in
        let estimates = [
          change.referenceShare, change.estimatedShare, change.referenceAccuracy, change.estimatedAccuracy,
        ]
        return [change.label, change.referenceAnswered.percent, change.answered.percent]
          + (areClasses ? estimates.map { $0?.percent ?? "" } : [])
      })
    if answers.count > 20 { output.note("… and \(answers.count - 20) more; --json has all") }
  }
}
