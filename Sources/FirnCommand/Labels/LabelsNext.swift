import CommandLineArguments
import Firn
import Terminal

enum LabelsNext: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let task = Option(
    required: "task", .name(), "The task that wants labels. It need not have any yet.")
  private static let count = Option("k", .integer(1...), default: 20, "How many items to give.")
  private static let head = Option(
    "head", .headReference(),
    "The head whose uncertainty counts. Default: ridge regression on the labels so far.")

  static let description = CommandDescription(
    "next", "Choose the items to label next.",
    discussion: """
      Items without a label are drawn: the likelier, the less certain a head is of them and the less they are like what was drawn \
      before. The draws are the same each time until labels change. A text comes once, and not at all if it has a label already. \
      Without any labels, likeness alone counts.
      """,
    takes: [dataset, backbone, task, count, head])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let batch = try session.store.nextToLabel(
      command[count], in: command[dataset], with: command[backbone], for: command[task], using: command[head])
    if batch.items.isEmpty { output.note("Every text of the dataset has a label for “\(command[task])”.") }
    if case .nothing = batch.basis, !batch.items.isEmpty {
      output.note(
        "The task “\(command[task])” has too few labels in this dataset to learn from: drawn by likeness alone."
      )
    }
    guard output.isJSON else { return write(batch, to: output) }
    for item in batch.items { try output.json(Row(item)) }
  }

  /// An item as scripts read it.
  private struct Row: Encodable {
    let rank: Int
    let id: String
    let text: String
    let top: [Prediction.Candidate]?
    let number: Double?

    init(_ item: LabellingBatch.Candidate) {
      (rank, id, text, number) = (item.rank, item.id, item.text, item.prediction?.number)
      top = item.prediction.flatMap { $0.top.isEmpty ? nil : $0.top }
    }
  }

  private static func write(_ batch: LabellingBatch, to output: Output) {
    guard !batch.items.isEmpty else { return }
    let basis =
      switch batch.basis {
      case .head(let head): ", by the uncertainty of \(head)"
      case .labels(let count): ", by the uncertainty of ridge regression on \(Readable.count(count)) labels"
      case .nothing: ""
      }
    output.heading(
      "\(Readable.count(batch.items.count)) of \(Readable.count(batch.texts)) texts without a label\(basis)")
    output.table(
      [.right("rank"), .left("id"), .left("best answers"), .left("text")],
      batch.items.map { ["\($0.rank)", $0.id, $0.prediction.map(answers) ?? "", $0.text] })
  }

  private static func answers(_ prediction: Prediction) -> String {
    prediction.number.map(\.compact)
      ?? prediction.top.map { "\($0.label) \($0.score.percent)" }.joined(separator: ", ")
  }
}
