import CommandLineArguments
import Firn
import Terminal

enum HeadCompare: Verb {
  private static let first = Argument(.headReference("A"), "A head, or a version of it.")
  private static let second = Argument(.headReference("B"), "Another.")

  static let description = CommandDescription(
    "compare", "Hold two head versions against each other.",
    discussion:
      "Each version's own measures, what differs in what they were made of, and their answers on the rows that both held out.",
    takes: [first, second])

  private struct Report: Encodable {
    let first: VersionReport
    let second: VersionReport
    let differences: [HeadComparison.Difference]
    let agreement: HeadComparison.Agreement?
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let comparison = try session.store.compare(command[first], command[second])
    let report = Report(
      first: VersionReport(comparison.first), second: VersionReport(comparison.second),
      differences: comparison.differences, agreement: comparison.agreement)
    try session.output.write(report) { write(comparison, to: session.output) }
  }

  private static func write(_ comparison: HeadComparison, to output: Output) {
    let (first, second) = (comparison.first, comparison.second)
    let names = ("\(first.reference)", "\(second.reference)")
    func measure(_ name: String, _ value: (ClassificationMetrics) -> String) -> [String] {
      [name] + [first, second].map { $0.metrics.holdout.map(value) ?? "" }
    }
    output.table(
      [.left("held out"), .right(names.0), .right(names.1)],
      [
        measure("rows") { Readable.count($0.rows) },
        measure("accuracy") { $0.accuracy.percent },
        measure("balanced accuracy") { $0.balancedAccuracy.percent },
        measure("macro F1") { $0.macroF1.fixed(3) },
        measure("log loss") { $0.logLoss.fixed(3) },
      ])
    if !comparison.differences.isEmpty {
      output.heading("What differs")
      output.table(
        [.left(""), .left(names.0), .left(names.1)],
        comparison.differences.map { [$0.what, $0.first, $0.second] })
    }
    guard let agreement = comparison.agreement else {
      return output.line("No row was held out by both, so their answers cannot be compared.")
    }
    output.heading("On the \(Readable.count(agreement.rows)) rows that both held out")
    output.table(
      [.left(""), .right("rows")],
      [
        ["both are right", Readable.count(agreement.bothRight)],
        ["only \(names.0) is right", Readable.count(agreement.onlyFirstRight)],
        ["only \(names.1) is right", Readable.count(agreement.onlySecondRight)],
        ["both are wrong", Readable.count(agreement.bothWrong)],
      ])
  }
}
