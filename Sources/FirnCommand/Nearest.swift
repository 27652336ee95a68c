import CommandLineArguments
import Firn
import Terminal

enum Nearest: Verb {
  private static let text = Argument(optional: .text(), "The text whose neighbours are wanted.")
  private static let id = Option("id", .name("ITEM"), "The item of the dataset whose neighbours are wanted.")
  private static let file = Option("file", .path(), "A file of queries, one a line; - is standard input.")
  private static let dataset = Option(required: "dataset", .name(), "The dataset that is searched.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let count = Option("k", .integer(1...), default: 10, "How many neighbours to give.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let filter = Option(
    "where", .text("EXPR"), "Which items to search, such as: label.section = 'games' AND size < 1000.")
  private static let words = Option(
    "match", .name("WORDS"),
    "Words to look for in the texts as well, as SQLite's FTS5 reads them: all of them, \"a phrase\", a OR b, pre*."
  )

  static let description = CommandDescription(
    "nearest", "Find the items nearest to a text, to an item, or to each line of a file.",
    discussion: """
      Exact, by cosine; items of equal score come in the order of their ids. The filter decides first which items are searched, so \
      the answer is the true top k of those. Fields of the filter are id, text, label.TASK, and metadata by name; operators \
      are = != < <= > >= LIKE IN (…) IS NULL AND OR NOT. With --match items are ranked twice, by nearness and by bm25 of the words; \
      the score is then the sum of 1/(60 + rank) over the best max(100, 5k) of each.
      """,
    takes: [text, dataset, backbone, id, file, count, words, filter, revision],
    rules: [.exactlyOne(text, id, file)])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let filter = try command[filter].map { text throws(FilterError) in try ItemFilter(text) }
    let (store, count, words, dataset, backbone, revision) = (
      session.store, command[count], command[words], command[dataset], command[backbone], command[revision]
    )
    if let id = command[id] {
      let answers = try store.nearest(
        count, toItem: id, matching: words, in: dataset, with: backbone, at: revision, where: filter)
      return try write(answers, to: session.output)
    }
    if let text = command[text] {
      let answers = try store.nearest(
        count, to: text, matching: words, in: dataset, with: backbone, at: revision, where: filter)
      return try write(answers, to: session.output)
    }
    let search = try store.search(in: dataset, with: backbone, at: revision, where: filter)
    let network = try store.open(search.backbone)
    var lines = try QueryLines(command[file] ?? "-")
    while let queries = try lines.next(256) {
      for (query, answers) in zip(
        queries, try search.nearest(count, to: queries, matching: words, embeddedBy: network))
      {
        try write(answers, of: query, to: session.output)
      }
    }
  }

  /// A neighbour as scripts read it.
  private struct Row: Encodable {
    let query: String?
    let rank: Int
    let id: String
    let score: Double
    let text: String
    let cosine: Double?
    let wordsRank: Int?

    enum CodingKeys: String, CodingKey {
      case query, rank, id, score, text, cosine
      case wordsRank = "words_rank"
    }

    init(_ answer: DatasetSearch.Answer, of query: String?) {
      self.query = query
      (rank, id, score, text) = (answer.rank, answer.id, answer.score, answer.text)
      (cosine, wordsRank) = (answer.cosine, answer.wordsRank)
    }
  }

  private static func write(
    _ answers: [DatasetSearch.Answer], of query: String? = nil, to output: Output
  ) throws {
    if output.isJSON {
      return try answers.forEach { try output.json(Row($0, of: query)) }
    }
    if let query { output.heading(query) }
    // With words to match, one of both is known of each answer; else none is.
    guard answers.contains(where: { $0.cosine != nil || $0.wordsRank != nil }) else {
      return output.table(
        [.right("rank"), .right("score"), .left("id"), .left("text")],
        answers.map { ["\($0.rank)", $0.score.fixed(4), $0.id, $0.text] })
    }
    output.table(
      [.right("rank"), .right("score"), .right("cosine"), .right("by words"), .left("id"), .left("text")],
      answers.map {
        [
          "\($0.rank)", $0.score.fixed(4), $0.cosine?.fixed(4) ?? "", $0.wordsRank.map { "\($0)" } ?? "",
          $0.id, $0.text,
        ]
      })
    if !answers.contains(where: { $0.wordsRank != nil }) {
      output.note("None of these has the words; they are ranked by nearness alone.")
    }
  }
}
