import CommandLineArguments
import Firn
import Terminal

enum TransferStitch: Verb {
  private static let old = Option(
    required: "from", .name("OLD"), "The backbone that has embedded everything.")
  private static let new = Option(required: "to", .name("NEW"), "The backbone that is to take its place.")
  private static let dataset = Option(
    required: "dataset", .name(), "The dataset from whose texts, where both have embedded them, is learnt.")
  private static let method = Option(
    "by",
    ValueSyntax<TransformSpecification.Method>.choice(
      "METHOD", among: TransformSpecification.Method.stitches),
    default: .ridge, "How.")
  private static let penalty = Option(
    "penalty", .number(above: 0, "LAMBDA"), "λ of ridge. Default: chosen, by exact leave-one-out.")
  private static let holdout = Option(
    "holdout", .number(between: 0, and: 1, "SHARE"), default: 0.2,
    "The share of the texts that is held out to measure on.")
  private static let seed = Option("seed", .integer(0...), default: 0, "What decides which are held out.")
  private static let head = Option(
    "head", .headReference(), "A head of NEW's features, which is to be measured as well.")
  private static let name = Option("name", .name(), "What the transform is called. Default: its method.")

  static let description = CommandDescription(
    "stitch", "Learn a map from an old backbone's features to a new one's, and keep it.",
    discussion: """
      So the new backbone serves before it has read the archive: firn nearest and firn evaluate take --stitch, and have through it the \
      features that are missing. procrustes turns and shifts the old features; ridge is linear regression.

      Measured is on texts held out. The stitch must find more of the new backbone's nearest neighbours than the old backbone does, and \
      come nearer than the mean. With --head it is held instead against a head of the same specification that learns from the old \
      features, and against the most frequent answer. If it is worse it is kept, but the exit status is 3.
      """,
    takes: [old, new, dataset, method, penalty, holdout, seed, head, name])

  /// The transform as scripts read it, with what was found of it.
  private struct Report: Encodable {
    let transform: TransformReport
    let head: StitchedHead?
    let transfer: TransferVerdict

    enum CodingKeys: String, CodingKey {
      case head, transfer
    }

    func encode(to encoder: any Encoder) throws {
      try transform.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encodeIfPresent(head, forKey: .head)
      try container.encode(transfer, forKey: .transfer)
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let found = try session.store.stitch(
      from: command[old], to: command[new], in: command[dataset], by: command[method],
      penalty: command[penalty], holdout: command[holdout], seed: UInt64(command[seed]), head: command[head],
      called: command[name])
    let report = Report(
      transform: TransformReport(found.transform), head: found.head, transfer: found.verdict)
    try session.output.write(report) { write(found, to: session.output) }
    if found.verdict.outcome == .hurts { throw ExitStatus.transferHurts }
  }

  private static func write(_ found: StitchOutcome, to output: Output) {
    let (transform, own) = (found.transform, found.transform.specification)
    let fidelity = transform.metrics.stitch
    let fields: [(name: String, value: String)?] = [
      ("transform", "\(transform.reference)"), ("digest", transform.digest.hex),
      ("method", TransformReport.method(of: own)),
      ("backbones", "\(transform.fromBackbone) to \(transform.toBackbone)"),
      (
        "learnt from",
        "\(Readable.count(transform.metrics.sourceRows)) texts of \(own.source.dataset) revision \(own.source.revision)"
      ),
      fidelity.map { ("held out", "\(Readable.count($0.rows)) texts") },
      fidelity?.explained.map { ("explained", "\($0.percent) of the variance") },
      fidelity.map { ("cosine", $0.cosine.fixed(4)) },
      fidelity.map {
        (
          "nearest ten",
          "\($0.recall.percent) are found; \($0.oldRecall.percent) by \(transform.fromBackbone)"
        )
      },
      found.head.map { ($0.head, describe($0)) },
    ]
    output.fields(fields.compactMap { $0 })
    found.verdict.writeComparisons(on: "texts held out", to: output)
    output.heading("\(found.verdict)")
  }

  private static func describe(_ head: StitchedHead) -> String {
    func text(_ value: Double) -> String { head.measure == "accuracy" ? value.percent : value.fixed(4) }
    return "\(head.measure) \(text(head.stitched)) through the stitch, \(text(head.own)) on new features; "
      + "\(text(head.loss)) lost (\(text(head.interval.low)) to \(text(head.interval.high))), on \(Readable.count(head.rows)) texts"
  }
}
