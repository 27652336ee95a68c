import CommandLineArguments
import Firn
import Terminal

enum LabelItems: Verb {
  private static let input = Argument(.path("INPUT"), "A file (.jsonl, .csv, .tsv), or - for standard input.")
  private static let dataset = Option(required: "dataset", .name(), "The dataset whose items are labelled.")
  private static let idField = Option("id-field", .name("FIELD"), "The field that holds the id. Default: id.")
  private static let strict = Flag("strict", "Stop at the first row that is rejected.")

  static let description = CommandDescription(
    "label", "Give items of a dataset other labels; nothing is embedded.",
    discussion: """
      A JSON Lines row is {"id": "…", "label": "…"} or has "labels": {"TASK": value}, as for extract; null takes a label away, and \
      tasks that a row does not mention keep theirs. All of it is one revision. Rows that name no item of the dataset are rejected, \
      with line and reason on standard error; if all are, the exit status is 65.
      """,
    takes: [input, dataset, InputFormat.option, idField, LabelField.option, strict])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    var notes = RejectionNotes(of: command[input], on: output)
    let summary = try session.store.label(
      command[dataset], from: ItemSource(command[input]), as: command[InputFormat.option],
      idField: command[idField],
      labels: command[LabelField.option].map { (task: $0.task, field: $0.field) }, isStrict: command[strict],
      command: session.commandLine
    ) { notes.add($0, by: output.complain) }
    notes.finish()
    try output.write(summary) {
      output.fields([
        ("dataset", "\(summary.dataset), revision \(summary.revision)"),
        ("changed", Readable.count(summary.changed)),
        ("unchanged", Readable.count(summary.unchanged)),
        ("rejected", Readable.count(summary.rejected)),
      ])
    }
    if summary.changed + summary.unchanged == 0 && summary.rejected > 0 { throw ExitStatus.badData }
  }
}
