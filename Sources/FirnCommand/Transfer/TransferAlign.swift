import CommandLineArguments
import Firn
import Terminal

enum TransferAlign: Verb {
  private static let source = Argument(.name("SOURCE"), "The dataset whose labels are to be learnt from.")
  private static let target = Argument(
    .name("TARGET"), "The dataset that is to be served; its labels are not looked at.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are the features.")
  private static let method = Option(
    required: "by",
    ValueSyntax<TransformSpecification.Method>.choice(
      "METHOD", among: TransformSpecification.Method.alignments), "How.")
  private static let task = Option("task", .name(), "The task whose classes count (shift).")
  private static let penalty = Option(
    "penalty", .number(above: 0, "LAMBDA"),
    "What is added to the diagonals of both covariances (coral). Default: the features' mean variance.")
  private static let axes = Option(
    "axes", .integer(1..., "N"),
    "How many axes are turned (subspace). Default: those of 90 % of the variance.")
  private static let name = Option(
    "name", .name(),
    "What the transform is called. Default: its method, and the setting that is given behind it: subspace-20."
  )

  static let description = CommandDescription(
    "align", "Learn a transform that brings a source nearer to a target, and keep it.",
    discussion: """
      moments: each feature gets the target's mean and variance. coral: the features get the target's covariance. subspace: the \
      leading principal axes are turned to the target's. importance: rows count as often as rows like them are in the target. shift: \
      rows count as often as their classes are in the target.

      The backbone and the target's features stay as they are: firn train --source SOURCE --target TARGET --align NAME learns through it, \
      and says whether that helps. The last two weigh rows, which logistic, svm and mlp can on classes.
      """,
    takes: [source, target, backbone, method, task, penalty, axes, name])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let transform = try session.store.align(
      command[source], to: command[target], with: command[backbone], by: command[method],
      task: command[task], penalty: command[penalty], axes: command[axes], called: command[name])
    try session.output.write(TransformReport(transform)) { write(transform, to: session.output) }
  }

  private static func write(_ transform: Transform, to output: Output) {
    let (own, metrics) = (transform.specification, transform.metrics)
    let fields: [(name: String, value: String)?] = [
      ("transform", "\(transform.reference)"), ("digest", transform.digest.hex),
      ("method", TransformReport.method(of: own)),
      (
        "source",
        "\(own.source.dataset) revision \(own.source.revision), \(Readable.count(metrics.sourceRows)) texts"
      ),
      (
        "target",
        "\(own.target.dataset) revision \(own.target.revision), \(Readable.count(metrics.targetRows)) texts"
      ),
      ("backbone", transform.fromBackbone),
      metrics.coral.map { ("CORAL distance", "\($0.before.compact), now \($0.after.compact)") },
      metrics.frechet.map { ("Fréchet distance", "\($0.before.compact), now \($0.after.compact)") },
      metrics.effectiveRows.map {
        ("rows that count", "as many as \(Readable.count(Int($0.rounded()))) that count once")
      },
    ]
    output.fields(fields.compactMap { $0 })
  }
}
