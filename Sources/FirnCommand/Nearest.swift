import CommandLineArguments
import Firn
import Terminal

enum Nearest: Verb {
  private static let text = Argument(
    optional: .text(), "The text whose neighbours are wanted; - reads texts from standard input, one a line.")
  private static let ids = Option(
    repeated: "id", .name("ITEM"),
    "The item of the dataset whose neighbours are wanted; of several, their mean.")
  private static let others = Option(
    repeated: "minus", .name("ITEM"), "With --id: an item to go away from; of several, their mean.")
  private static let centre = Option(
    "class",
    ValueSyntax<Landmark>("TASK=LABEL", expected: "TASK=LABEL") { word in
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      return parts.count == 2 ? .centre(ofClass: parts[1], task: parts[0]) : nil
    }, "The class whose centre's neighbours are wanted: the mean of its items.")
  private static let file = Option("file", .path(), "A file of texts, one a line; - is standard input.")
  private static let vectors = Option(
    "vectors", .path(),
    "A .npy file of vectors [rows × dimension], or of one [dimension], that the backbone made elsewhere.")
  private static let dataset = Option(required: "dataset", .name(), "The dataset that is searched.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let count = Option(
    "k", .integer(1...), "How many neighbours to give. Default: 10, or all within reach.")
  private static let reach = Option(
    "within", .number("R"),
    "Only those with a score of at least R; with euclidean, at a distance of at most R.")
  private static let metric = Option(
    "metric", .choice("METRIC"), default: Metric.cosine, "What makes two embeddings near.")
  private static let diversity = Option(
    "diverse", .number(0...1, "LAMBDA"), alone: 0.5,
    "Choose neighbours that are unlike one another, the more so the smaller LAMBDA is.")
  private static let revision = Option(
    "at", .integer(1..., "REV"), "The dataset's revision. Default: the newest.")
  private static let filter = Option(
    "where", .text("EXPR"), "Which items to search, such as: label.section = 'games' AND size < 1000.")
  private static let words = Option(
    "match", .name("WORDS"),
    "Words to look for in the texts as well, as SQLite's FTS5 reads them: all of them, \"a phrase\", a OR b, pre*."
  )
  private static let stitch = Option(
    "stitch", .transformReference("NAME[@VERSION]"),
    "A stitch to the backbone (firn transfer stitch), for items that only the backbone before it has embedded."
  )
  private static let exact = Flag("exact", "Compare with all items, whatever index there is.")

  static let description = CommandDescription(
    "nearest", "Find the items nearest to a text, an item, a class or a vector, or to each of many.",
    discussion: """
      Exact, unless there is an index (firn index build) that saves time: then almost all of the nearest by cosine are found, and all \
      scores are exact. Items of equal score come in the order of their ids. The score is the cosine, the inner product, or the Euclidean \
      distance with a minus before it: the greater is the nearer. The filter decides first which items are searched, so the answer is \
      the true top k of those. Fields of the filter are id, text, label.TASK, and metadata by name; operators are = != < <= > >= LIKE \
      IN (…) IS NULL AND OR NOT.

      Items that are named are no neighbours of their own. By cosine, the items of a mean count by their directions. Of many queries \
      each is answered at once, so a pipe may wait for one answer before it sends the next text. --diverse chooses among the 5k \
      nearest, 50 at the least, by maximal marginal relevance. With --match items are ranked twice, by nearness and by bm25 of the words; \
      the score is then the sum of 1/(60 + rank) over the best max(100, 5k) of each.
      """,
    takes: [
      text, dataset, backbone, ids, others, centre, file, vectors, count, reach, metric, diversity, words,
      filter,
      revision, stitch, exact,
    ],
    rules: [
      .exactlyOne(text, ids, centre, file, vectors), .companion(others, of: ids),
      .atMostOne(words, diversity), .atMostOne(words, reach), .atMostOne(words, metric),
    ])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let report = NeighbourReport(output: session.output)
    let (store, dataset, backbone, revision) = (
      session.store, command[dataset], command[backbone], command[revision]
    )
    let filter = try command.filter(filter)
    let wanted =
      if let reach = command[reach] {
        Wanted(command[count], within: command[metric] == .euclidean ? -reach : reach)
      } else {
        Wanted(command[count] ?? 10)
      }
    let ranking = NeighbourRanking(
      command[metric], diversity: try command[diversity].map { try MarginalRelevance($0) },
      matching: command[words], isExact: command[exact] || command[reach] != nil, through: command[stitch])
    if let landmark = command[centre]
      ?? (command[ids].isEmpty ? nil : .items(command[ids], minus: command[others]))
    {
      let answers = try store.nearest(
        wanted, to: landmark, in: dataset, with: backbone, at: revision, where: filter, ranking: ranking,
        onNote: session.output.note)
      return try report.write(answers)
    }
    if let text = command[text], text != "-" {
      let answers = try store.nearest(
        wanted, to: text, in: dataset, with: backbone, at: revision, where: filter, ranking: ranking,
        onNote: session.output.note)
      return try report.write(answers)
    }
    if let path = command[vectors] {
      let table = try FeatureFile(path, mayBeOneVector: true)
      return try store.nearest(
        wanted, toRowsOf: table, in: dataset, with: backbone, at: revision, where: filter, ranking: ranking,
        onNote: session.output.note
      ) { row, answers in try report.write(answers, of: table.isOneVector ? nil : "\(row)") }
    }
    let search = try store.search(
      in: dataset, with: backbone, at: revision, where: filter, ranking: ranking,
      onNote: session.output.note)
    let network = try store.open(search.backbone)
    var lines = try QueryLines(command[file] ?? "-")
    while let queries = try lines.next(search.queriesAtOnce(for: wanted)) {
      let answers = try search.nearest(wanted, to: queries, embeddedBy: network)
      for (query, answers) in zip(queries, answers) { try report.write(answers, of: query) }
      session.output.flush()
    }
  }
}
