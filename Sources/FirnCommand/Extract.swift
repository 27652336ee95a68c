import CommandLineArguments
import Firn
import Terminal

enum Extract: Verb {
  private static let input = Argument(
    .path("INPUT"), "A file (.jsonl, .csv, .tsv), a folder of text files, or - for standard input.")
  private static let dataset = Option(required: "dataset", .name(), "The dataset that the items go into.")
  private static let backbone = Option(required: "backbone", .name(), "The backbone that embeds them.")
  private static let format = Option(
    "format", ValueSyntax<InputFormat>.choice("FORMAT"),
    "How the input is written. Default: by its name; JSON Lines for standard input.")
  private static let textField = Option(
    "text-field", .name("FIELD"), default: "text", "The field that holds the text.")
  private static let idField = Option(
    "id-field", .name("FIELD"),
    "The field that holds the id. Default: id; an item without one is named after its text.")
  private static let label = Option(
    repeated: "label", labelSyntax, "A field that holds labels, and the task they answer. May be repeated.")
  private static let strict = Flag("strict", "Stop at the first row that is rejected.")

  static let description = CommandDescription(
    "extract", "Read items into a dataset and embed the texts that are new.",
    discussion: """
      A JSON Lines row is {"id": "…", "text": "…", "label": "…"} or has "labels": {"TASK": value}: a string is one class, an \
      array of strings any number, a number a number. Other fields are kept as metadata. CSV and TSV have a header; in a folder, \
      the subfolder is the label.

      A text that the backbone has embedded is never embedded again. An extraction that was killed goes on where it was. \
      The later of two rows with one id counts. Rows without text, with NUL or with invalid UTF-8 are rejected, with line \
      and reason on standard error.
      """,
    takes: [input, dataset, backbone, format, textField, idField, label, strict])

  private static let labelSyntax = ValueSyntax<LabelField>(
    "TASK=FIELD", expected: "TASK=FIELD", write: { "\($0.task)=\($0.field)" }
  ) { word in
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    return parts.count == 2 ? LabelField(task: parts[0], field: parts[1]) : nil
  }

  private struct LabelField: Sendable {
    let task: String
    let field: String
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Extracting", unit: "tokens")
    defer { bar.finish() }
    let summary = try session.store.extract(
      ItemSource(command[input]), as: command[format],
      fields: FieldMapping(
        textField: command[textField], idField: command[idField],
        labels: command[label].map { (task: $0.task, field: $0.field) }),
      into: command[dataset], with: command[backbone], isStrict: command[strict],
      command: session.commandLine,
      onRejection: { rejection in
        bar.note("\(command[input]): \(rejection)")
      },
      onProgress: { progress in
        let total = progress.totalBytes.map(Double.init)
        bar.update(count: progress.tokens, fraction: total.map { Double(progress.bytesRead) / $0 })
      })
    bar.finish()
    try output.write(summary) { report(summary, to: output) }
    // Some bad rows are a matter of course; nothing but bad rows is the wrong file, or the wrong fields.
    if summary.items == 0, summary.rejected > 0 { throw ExitStatus.badData }
  }

  private static func report(_ summary: ExtractionSummary, to output: Output) {
    output.fields([
      ("dataset", "\(summary.dataset), revision \(summary.revision)"),
      (
        "items",
        "\(Readable.count(summary.items)): \(Readable.count(summary.added)) new, \(Readable.count(summary.changed)) changed"
      ),
      ("extracted", "\(Readable.count(summary.extracted)) texts with \(summary.backbone)"),
      ("reused", Readable.count(summary.reused)),
      ("duplicates", Readable.count(summary.duplicates)),
      ("rejected", Readable.count(summary.rejected)),
      ("truncated", Readable.count(summary.truncated)),
      (
        "tokens",
        Readable.count(summary.tokens)
          + (summary.tokens > 0
            ? ", \(Readable.rate(Double(summary.tokens) / summary.seconds, unit: "tokens"))" : "")
      ),
      ("time", Readable.duration(seconds: summary.seconds)),
    ])
  }
}
