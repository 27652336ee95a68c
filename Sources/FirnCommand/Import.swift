import CommandLineArguments
import Firn
import Terminal

enum Import: Verb {
  private static let features = Argument(.path("FEATURES"), "A .npy or .safetensors file, one row an item.")
  private static let items = Option(
    required: "items", .path(), "A file (.jsonl, .csv, .tsv) of the items, in the order of the rows.")
  private static let dataset = Option(required: "dataset", .name(), "The dataset that the items go into.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone that made the features, as declared.")
  private static let tensor = Option(
    "tensor", .name(), "Which tensor of a safetensors file. Default: the only one of two dimensions.")
  private static let textField = Option(
    "text-field", .name("FIELD"), default: "text", "The field that holds the text.")
  private static let idField = Option("id-field", .name("FIELD"), "The field that holds the id. Default: id.")

  static let description = CommandDescription(
    "import", "Take features that were made elsewhere into a dataset.",
    discussion: """
      Declare the backbone that made them first: firn backbone declare. Items are read as extract reads them, but need no text: one \
      without is known by its id. Numbers may be float64, float32, float16 or, in safetensors, bfloat16; they are kept as float32. \
      Features and items must be as many, or nothing is taken. Rows that are not finite, or whose text has other features of that \
      backbone already, are rejected.
      """,
    takes: [
      features, items, dataset, backbone, InputFormat.option, tensor, textField, idField, LabelField.option,
    ])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Importing", unit: "rows")
    defer { bar.finish() }
    var notes = RejectionNotes(of: command[items], on: output)
    let summary = try session.store.importFeatures(
      command[features], tensor: command[tensor], items: command[items], as: command[InputFormat.option],
      fields: FieldMapping(
        textField: command[textField], idField: command[idField],
        labels: command[LabelField.option].map { (task: $0.task, field: $0.field) }),
      into: command[dataset], with: command[backbone], command: session.commandLine,
      onRejection: { notes.add($0, by: bar.note) },
      onProgress: { bar.update(count: $0, fraction: Double($0) / Double(max(1, $1))) })
    bar.finish()
    notes.finish()
    try output.write(summary) {
      output.fields([
        ("dataset", "\(summary.dataset), revision \(summary.revision)"),
        (
          "items",
          "\(Readable.count(summary.items)): \(Readable.count(summary.added)) new, \(Readable.count(summary.changed)) changed"
        ),
        ("imported", "\(Readable.count(summary.imported)) vectors of \(summary.backbone)"),
        ("reused", Readable.count(summary.reused)),
        ("rejected", Readable.count(summary.rejected)),
        ("time", Readable.duration(seconds: summary.seconds)),
      ])
    }
    if summary.items == 0 && summary.rejected > 0 { throw ExitStatus.badData }
  }
}
