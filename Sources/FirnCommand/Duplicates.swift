import CommandLineArguments
import Firn
import Terminal

enum Duplicates: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let threshold = Option(
    "threshold", .number(0..<1, "COSINE"), default: 0.95, "The cosine from which on two items are alike.")
  private static let filter = Option("where", .text("EXPR"), "Which items, as for nearest. Default: all.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")

  static let description = CommandDescription(
    "duplicates", "Find groups of items that say almost the same.",
    discussion: """
      Exact: every pair is compared. Items belong together that lead to one another by pairs whose cosine is the threshold or more, or \
      that have one text. Least is the least cosine of a group's item and its first. Groups come by their size.
      """,
    takes: [dataset, backbone, threshold, filter, revision])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Comparing", unit: "%")
    defer { bar.finish() }
    let review = try session.store.duplicates(
      in: command[dataset], with: command[backbone], reaching: command[threshold], at: command[revision],
      where: command.filter(filter)
    ) { bar.update(count: Int(100 * $0), fraction: $0) }
    bar.finish()
    try output.write(review) {
      if !review.groups.isEmpty {
        output.table(
          [.right("group"), .right("least"), .left("id"), .left("text")],
          review.groups.enumerated().flatMap { index, group in
            group.items.enumerated().map { place, item in
              [place == 0 ? "\(index + 1)" : "", place == 0 ? group.least.fixed(4) : "", item.id, item.text]
            }
          })
        output.line("")
      }
      output.line(
        "\(Readable.count(review.groups.count)) group\(review.groups.count == 1 ? "" : "s") among "
          + "\(Readable.count(review.items)) items, of which \(Readable.count(review.redundant)) could go")
    }
  }
}
