import CommandLineArguments
import Firn
import Terminal

enum HeadCompare: Verb {
  private static let first = Argument(.headReference("A"), "A head, or a version of it.")
  private static let second = Argument(.headReference("B"), "Another.")

  static let description = CommandDescription(
    "compare", "Hold two head versions against each other.",
    discussion:
      """
      Each version's own measures, what differs in what they were made of, and their answers on the rows that both held out, with \
      McNemar's exact test and 95 % intervals of the differences by paired resampling.
      """,
    takes: [first, second])

  private struct Report: Encodable {
    let first: VersionReport
    let second: VersionReport
    let differences: [HeadComparison.Difference]
    let agreement: PairedAnswers.Agreement?
    let loss: PairedAnswers.Loss?
    let changes: [PairedAnswers.Change]
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let comparison = try session.store.compare(command[first], command[second])
    let report = Report(
      first: VersionReport(comparison.first), second: VersionReport(comparison.second),
      differences: comparison.differences, agreement: comparison.answers?.agreement,
      loss: comparison.answers?.loss, changes: comparison.answers?.changes ?? [])
    try session.output.write(report) { write(comparison, to: session.output) }
  }

  private static func write(_ comparison: HeadComparison, to output: Output) {
    let names = ("\(comparison.first.reference)", "\(comparison.second.reference)")
    write([comparison.first, comparison.second].map(\.metrics.holdout), names: names, to: output)
    if !comparison.differences.isEmpty {
      output.heading("What differs")
      output.table(
        [.left(""), .left(names.0), .left(names.1)],
        comparison.differences.map { [$0.what, $0.first, $0.second] })
    }
    guard let answers = comparison.answers else {
      return output.line("No row was held out by both, so their answers cannot be compared.")
    }
    output.heading("On the \(Readable.count(answers.rows)) rows that both held out")
    for version in [comparison.first, comparison.second] where version.specification.imported != nil {
      output.line(
        "\(version.reference) was imported: whether it was trained on some of them is not known, and so its figures may flatter"
      )
    }
    if let agreement = answers.agreement { write(agreement, names: names, to: output) }
    let loss = answers.loss
    output.line(
      "loss \(loss.first.fixed(4)) and \(loss.second.fixed(4)); difference \(loss.difference.signed(4)) "
        + "(95 %: \(loss.interval.low.signed(4)) to \(loss.interval.high.signed(4)))")
    write(answers.changes, names: names, to: output)
  }

  /// The figures of both, beside each other; a figure that one does not have stays empty.
  private static func write(_ measures: [HeadMeasures?], names: (String, String), to output: Output) {
    let values = measures.map { $0?.values ?? [] }
    let keys = values[0] + values[1].filter { measure in !values[0].contains { $0.key == measure.key } }
    output.table(
      [.left("held out"), .right(names.0), .right(names.1)],
      [["rows"] + measures.map { $0.map { Readable.count($0.rows) } ?? "" }]
        + keys.map { measure in
          [measure.name] + values.map { $0.first { $0.key == measure.key }?.text ?? "" }
        })
  }

  private static func write(
    _ agreement: PairedAnswers.Agreement, names: (String, String), to output: Output
  ) {
    output.table(
      [.left(""), .right("rows")],
      [
        ["both are right", Readable.count(agreement.bothRight)],
        ["only \(names.0) is right", Readable.count(agreement.onlyFirstRight)],
        ["only \(names.1) is right", Readable.count(agreement.onlySecondRight)],
        ["both are wrong", Readable.count(agreement.bothWrong)],
      ])
    let points = [agreement.difference, agreement.interval.low, agreement.interval.high]
      .map { (100 * $0).signed(2) }
    let verdict =
      agreement.pValue >= 0.05
      ? "no difference that these rows can tell"
      : "\(agreement.difference > 0 ? names.1 : names.0) is right more often"
    output.line(
      "accuracy \(points[0]) points (95 %: \(points[1]) to \(points[2])); McNemar p = "
        + "\(agreement.pValue.compact): \(verdict)")
  }

  /// The answers that changed, by what is true and what is answered, the most frequent first, with one row of each.
  private static func write(
    _ changes: [PairedAnswers.Change], names: (String, String), to output: Output, most: Int = 10
  ) {
    guard !changes.isEmpty else { return }
    let groups = Dictionary(grouping: changes) { [$0.truth, $0.first, $0.second] }
      .sorted { ($1.value.count, $0.value[0].id) < ($0.value.count, $1.value[0].id) }
    output.heading("\(Readable.count(changes.count)) answers changed")
    output.table(
      [.left("true"), .left(names.0), .left(names.1), .right("rows"), .left("such as")],
      groups.prefix(most).map { key, rows in
        key.map { $0.joined(separator: ", ") } + [Readable.count(rows.count), rows[0].id]
      })
    if groups.count > most {
      output.note("… and \(groups.count - most) more kinds of change; --json has every row")
    }
  }
}
