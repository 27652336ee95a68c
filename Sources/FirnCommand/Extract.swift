import CommandLineArguments
import Firn
import Terminal

enum Extract: Verb {
  private static let input = Argument(
    .path("INPUT"), "A file (.jsonl, .csv, .tsv), a folder of text files, or - for standard input.")
  private static let dataset = Option(required: "dataset", .name(), "The dataset that the items go into.")
  private static let backbones = Option(oneOrMore: "backbone", .name(), "The backbone that embeds them.")
  private static let textField = Option(
    "text-field", .name("FIELD"), default: "text", "The field that holds the text.")
  private static let idField = Option(
    "id-field", .name("FIELD"),
    "The field that holds the id. Default: id; an item without one is named after its text.")
  private static let strict = Flag("strict", "Stop at the first row that is rejected.")
  private static let prune = Flag(
    "prune", "Remove the items that the input has no more. Earlier revisions keep them.")
  private static let shard = Option(
    "shard", shardSyntax, default: .whole,
    "Take one of M parts of the input that have no item in common, each for a store of its own; firn merge unites them."
  )

  private static let shardSyntax = ValueSyntax<Shard>(
    "N/M", expected: "a part and how many there are, such as 3/16", write: { "\($0.number)/\($0.count)" }
  ) { word in
    let numbers = word.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let number = numbers[0], let count = numbers[1] else { return nil }
    return Shard(number, of: count)
  }

  static let description = CommandDescription(
    "extract", "Read items into a dataset and embed the texts that are new.",
    discussion: """
      A JSON Lines row is {"id": "…", "text": "…", "label": "…"} or has "labels": {"TASK": value}: a string is one class, an \
      array of strings any number, a number a number. Other fields are kept as metadata. CSV and TSV have a header; in a folder, \
      the subfolder is the label.

      A text that the backbone has embedded is never embedded again. Several backbones of one network share the pass through \
      it; with --json each has a line, in their order. An extraction that was killed goes on where it was. \
      The later of two rows with one id counts. Rows without text, with NUL or with invalid UTF-8 are rejected, with line \
      and reason on standard error, and so are texts that one of the backbones refuses, for all of them. Some rejected rows are \
      no failure unless --strict says so; if all are, the exit status is 65.
      """,
    takes: [
      input, dataset, backbones, InputFormat.option, textField, idField, LabelField.option, strict, prune,
      shard,
    ])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    // The items of other parts that lie in the same store would be taken for gone.
    if command[prune], command[shard] != .whole { throw ArgumentError.conflict(["--prune", "--shard"]) }
    var names = Set<String>()
    for name in command[backbones] where !names.insert(name).inserted {
      throw ArgumentError.givenTwice(option: "--backbone \(name)")
    }
    let bar = output.progressBar("Extracting", unit: "tokens")
    defer { bar.finish() }
    var notes = RejectionNotes(of: command[input], on: output)
    let summaries = try session.store.extract(
      ItemSource(command[input]), as: command[InputFormat.option],
      fields: FieldMapping(
        textField: command[textField], idField: command[idField],
        labels: command[LabelField.option].map { (task: $0.task, field: $0.field) }),
      into: command[dataset], with: command[backbones], isStrict: command[strict],
      prunes: command[prune], shard: command[shard],
      command: session.commandLine,
      onRejection: { rejection in
        notes.add(rejection, by: bar.note)
      },
      onProgress: { progress in
        let total = progress.totalBytes.map(Double.init)
        bar.update(count: progress.tokens, fraction: total.map { Double(progress.bytesRead) / $0 })
      })
    bar.finish()
    notes.finish()
    if command[shard] == .whole, summaries.allSatisfy({ $0.items == 0 && $0.rejected == 0 }) {
      output.note("There are no rows in \(command[input]).")
    }
    if command[prune], let rejected = summaries.first?.rejected, rejected > 0 {
      output.note("Nothing was pruned: a row that was rejected may be one of the items.")
    }
    if output.isJSON {
      for summary in summaries { try output.json(summary) }
    } else {
      report(summaries, to: output)
    }
    // Some bad rows are a matter of course; nothing but bad rows is the wrong file, or the wrong fields.
    if command[shard] == .whole, summaries.contains(where: { $0.items == 0 && $0.rejected > 0 }) {
      throw ExitStatus.badData
    }
  }

  private static func report(_ summaries: [ExtractionSummary], to output: Output) {
    // What all backbones have in common is told once.
    func told(_ name: String, _ value: (ExtractionSummary) -> String) -> [(name: String, value: String)] {
      let values = summaries.map(value)
      guard Set(values).count > 1 else { return values.prefix(1).map { (name, $0) } }
      return zip(summaries, values).map { (name, "\($1) with \($0.backbone)") }
    }
    output.fields(
      told("dataset") { "\($0.dataset), revision \($0.revision)" }
        + told("items") {
          "\(Readable.count($0.items)): \(Readable.count($0.added)) new, \(Readable.count($0.changed)) changed"
            + ($0.removed > 0 ? ", \(Readable.count($0.removed)) removed" : "")
        }
        + summaries.map {
          (
            "extracted",
            "\(Readable.count($0.extracted)) text\($0.extracted == 1 ? "" : "s") with \($0.backbone)"
          )
        }
        + told("reused") { Readable.count($0.reused) }
        + told("duplicates") { Readable.count($0.duplicates) }
        + told("rejected") { Readable.count($0.rejected) }
        + told("truncated") { Readable.count($0.truncated) }
        + told("tokens") { summary in
          let rate = Readable.rate(Double(summary.tokens) / summary.seconds, unit: "tokens")
          return Readable.count(summary.tokens) + (summary.tokens > 0 ? ", \(rate)" : "")
        }
        + told("time") { Readable.duration(seconds: $0.seconds) })
  }
}
