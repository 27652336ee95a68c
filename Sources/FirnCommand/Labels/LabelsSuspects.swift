import CommandLineArguments
import Firn
import Terminal

enum LabelsSuspects: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let task = Option(required: "task", .name(), "The task whose labels are looked at.")
  private static let count = Option("k", .integer(1...), default: 50, "How many suspects to give.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let corrections = Option(
    "to", .path("FILE"),
    "A file for the suggestions, as rows that firn label reads: look through them first. Never overwritten.")

  static let description = CommandDescription(
    "suspects", "Find labels that are probably wrong.",
    discussion: """
      First come texts whose items have different labels; then the labels that the items of all other texts bear out least: \
      ridge regression on them, and the votes of the nearest. The score is the label's probability by their word; of a tag, set \
      against that of the tag's other items; of a number, the probability to be as far off. A tag that is missing (+) or should not be there (−) is a suspect of its own.
      """,
    takes: [dataset, backbone, task, count, revision, corrections])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Comparing", unit: "%")
    defer { bar.finish() }
    let review = try session.store.suspects(
      command[count], in: command[dataset], with: command[backbone], for: command[task],
      at: command[revision]
    ) { bar.update(count: Int(100 * $0), fraction: $0) }
    bar.finish()
    if let path = command[corrections] { try review.writeCorrections(to: path) }
    try output.write(review) {
      write(review.contradictions, most: command[count], to: output)
      write(review, to: output)
    }
  }

  private static func write(_ contradictions: [LabelReview.Contradiction], most: Int, to output: Output) {
    guard !contradictions.isEmpty else { return }
    output.heading("Same text, different labels")
    output.table(
      [.left("labels"), .left("such as"), .left("text")],
      contradictions.prefix(most).map { contradiction in
        let labels = contradiction.labels.prefix(3).map { "\($0.label.text) (\($0.ids.count))" }
        let rest = contradiction.labels.count > 3 ? " …" : ""
        let last = contradiction.labels.last?.ids.first ?? ""
        return [labels.joined(separator: ", ") + rest, last, contradiction.text]
      })
    if contradictions.count > most {
      output.note("… and \(contradictions.count - most) more such texts; --json has all")
    }
  }

  private static func write(_ review: LabelReview, to output: Output) {
    output.heading(
      "Suspects among the labels of \(Readable.count(review.rows)) items, revision \(review.revision)")
    guard !review.suspects.isEmpty else { return output.line("None: the others contradict no label.") }
    output.table(
      [
        .right("rank"), .right("score"), .left("id"), .left("label"), .left("suggested"),
        .left("as in"), .left("text"),
      ],
      review.suspects.map {
        [
          "\($0.rank)", $0.score.compact, $0.id, $0.label.text, $0.suggested, $0.nearest?.id ?? "", $0.text,
        ]
      })
  }
}

extension LabelReview.Suspect {
  /// What is suggested, in a word.
  fileprivate var suggested: String {
    switch (suggestion, tag) {
    case (.multiple(let tags), let tag?): (tags.contains(tag) ? "+ " : "− ") + tag
    case (.number(let number), _): number.compact
    case (let label, _): label.text
    }
  }
}
