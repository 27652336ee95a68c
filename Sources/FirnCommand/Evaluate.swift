import CommandLineArguments
import Firn
import Terminal

enum Evaluate: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")
  private static let dataset = Option(
    "dataset", .name(), "The dataset to measure on. Default: the one it was trained on.")
  private static let backbone = Option(
    "backbone", .name(),
    "The backbone whose embeddings to read; any but the head's own is refused. Default: the head's own.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")

  private static let stitch = Option(
    "stitch", .transformReference("NAME[@VERSION]"),
    "A stitch to the head's backbone, for items that only the backbone before it has embedded.")

  static let description = CommandDescription(
    "evaluate", "Measure a head on the labelled items of a dataset.",
    takes: [head, dataset, backbone, revision, stitch])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let evaluation = try session.store.evaluate(
      command[head], on: command[dataset], with: command[backbone], at: command[revision],
      through: command[stitch])
    let output = session.output
    try output.write(evaluation) {
      let metrics = evaluation.metrics
      output.fields([
        ("head", "\(evaluation.head)@\(evaluation.version)"),
        ("dataset", "\(evaluation.dataset), revision \(evaluation.revision)"),
        ("rows", Readable.count(metrics.rows) + remark(on: evaluation)),
      ])
      if let stitch = evaluation.stitch, let rows = evaluation.stitchedRows {
        output.note("The features of \(Readable.count(rows)) rows come through the stitch \(stitch).")
      }
      output.line("")
      metrics.write(to: output)
      if case .numbers = metrics { return }
      output.heading("By class")
      metrics.writeClasses(to: output)
    }
  }

  private static func remark(on evaluation: Evaluation) -> String {
    switch evaluation.trainedOn {
    case _ where evaluation.imported == true:
      "; whether it was trained on some of them is not known, for it was imported"
    case 0: ""
    case let count: ", of which it was trained on \(Readable.count(count)): the figures flatter"
    }
  }
}
