import CommandLineArguments
import Firn
import Terminal

enum TransferGap: Verb {
  private static let source = Argument(.name("SOURCE"), "The dataset that was learnt from.")
  private static let target = Argument(.name("TARGET"), "The dataset that is to be served.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let sourceFilter = Option(
    "source-where", .text("EXPR"), "Which items of the source, as nearest --where has it.")
  private static let targetFilter = Option("target-where", .text("EXPR"), "Which items of the target.")
  private static let head = Option(
    "head", .headReference(), "A head whose answers tell the shares of its classes in the target.")
  private static let count = Option(
    "k", .integer(1...), default: 5, "How many texts of either side to show that make the gap.")
  private static let seed = Option("seed", .integer(0...), default: 0, "What permutations are drawn from.")

  static let description = CommandDescription(
    "gap", "Measure how far apart a source and a target lie, and which texts make the gap.",
    discussion: """
      MMD² is compared with a thousand permutations of 2,000 texts of each side: a small p-value says that the two are not drawn alike. The \
      proxy distance says how well ridge regression tells them apart, each text left out in its turn: 0 is chance, 2 is always.
      """,
    takes: [source, target, backbone, sourceFilter, targetFilter, head, count, seed])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let gap = try session.store.gap(
      from: ItemSelection(command[source], where: command.filter(sourceFilter)),
      to: ItemSelection(command[target], where: command.filter(targetFilter)),
      with: command[backbone], head: command[head], showing: command[count], seed: UInt64(command[seed]))
    try session.output.write(gap) { write(gap, to: session.output) }
  }

  private static func write(_ gap: DomainGap, to output: Output) {
    output.fields([
      ("source", describe(gap.source)), ("target", describe(gap.target)), ("backbone", gap.backbone),
      ("MMD²", "\(gap.discrepancy.square.compact), p = \(gap.discrepancy.pValue.compact)"),
      (
        "proxy distance",
        "\(gap.proxy.distance.fixed(3)): \(gap.proxy.error.percent) are taken for the other side's"
      ),
      ("CORAL distance", gap.coral.compact), ("Fréchet distance", gap.frechet.compact),
    ])
    output.heading(
      gap.discrepancy.pValue < 0.05
        ? "The two are not drawn alike." : "That the two are drawn alike is not refuted.")
    for (name, side) in [("source", gap.source), ("target", gap.target)] {
      output.heading("Surest of the \(name)")
      output.table(
        [.right("score"), .left("id"), .left("text")],
        side.surest.map { [$0.score.fixed(3), $0.id, $0.text] })
    }
    if let shift = gap.labelShift { write(shift, to: output) }
  }

  private static func write(_ shift: DomainGap.LabelShiftEstimate, to output: Output) {
    output.heading("Shares of the classes, by the answers of \(shift.head)")
    output.table(
      [.left("class"), .right("source"), .right("target")],
      shift.classes.prefix(20).map { [$0.label, $0.sourceShare.percent, $0.targetShare.percent] })
    if shift.classes.count > 20 { output.note("… and \(shift.classes.count - 20) more; --json has all") }
  }

  private static func describe(_ side: DomainGap.Side) -> String {
    "\(side.dataset), revision \(side.revision): \(Readable.count(side.rows)) texts"
  }
}
