import Foundation
import Testing

/// A line of `firn nearest --json`.
struct Neighbour: Decodable, Equatable {
  let query: String?
  let rank: Int
  let id: String
  let score: Double
  let text: String
}

/// `firn nearest`: the items nearest to a text, to an item or to each line of a file.
struct NearestTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private func nearest(_ options: String, _ more: String...) throws -> [Neighbour] {
    let line = "nearest --dataset d --backbone tiny --json \(options)"
    let run = try bench.start(line, more, input: "").end()
    try #require(run.status == 0, "\(run.testDescription)")
    return try run.jsonLines()
  }

  /// The ranking by cosines that Python computes from the view other tools read, for each item of the dataset `q`:
  /// among those items of `d` for which the Python expression `wanted` holds of the number of the example, `i`.
  private func ranking(_ count: Int, wanted: String = "True") throws -> [String: [Ranked]] {
    try bench.python(
      """
      def vectors(dataset):
          rows = db.execute("SELECT item, vector FROM item_embeddings WHERE backbone = 'tiny' AND dataset = ?", (dataset,))
          return {item: struct.unpack(f"<{len(vector) // 4}f", vector) for item, vector in rows}
      def cosine(a, b):
          dot = lambda x, y: math.fsum(p * q for p, q in zip(x, y))
          return dot(a, b) / math.sqrt(dot(a, a) * dot(b, b))
      answers = {}
      for query, vector in vectors("q").items():
          scores = [(item, cosine(vector, other)) for item, other in vectors("d").items()
                    if (lambda i: \(wanted))(int(item[1:].split("-")[0]))]
          scores.sort(key=lambda pair: (-pair[1], pair[0].encode()))
          answers[query] = [{"id": item, "score": score} for item, score in scores[:\(count)]]
      print(json.dumps(answers))
      """)
  }

  struct Ranked: Decodable {
    let id: String
    let score: Double
  }

  private func expect(
    _ found: [Neighbour], are expected: [Ranked], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.map(\.id) == expected.map(\.id), sourceLocation: sourceLocation)
    #expect(found.map(\.rank) == Array(1...max(1, expected.count)), sourceLocation: sourceLocation)
    for (neighbour, other) in zip(found, expected) {
      #expect(abs(neighbour.score - other.score) < 1e-12, "\(neighbour)", sourceLocation: sourceLocation)
    }
  }

  private static let queries = ["a knight on the board", "photo of a letter", "inbox", "zzz 0 0 0 7"]

  /// Extracts the queries too, so that other tools can read their vectors.
  private func storeQueries() throws {
    let rows = Self.queries.map { #"{"id": "\#($0)", "text": "\#($0)"}"# }.joined(separator: "\n")
    try bench.firn("extract - --dataset q --backbone tiny", input: rows)
  }

  @Test func `By text: what the cosines of the stored vectors say`() throws {
    try storeQueries()
    for (query, expected) in try ranking(7) {
      let found = try nearest("-k 7", query)
      expect(found, are: expected)
      #expect(found.map(\.text) == found.map { Examples.text(Int($0.id.dropFirst()) ?? -1) })
    }
  }

  @Test func `By a file of queries: each query's neighbours, led by the query`() throws {
    try storeQueries()
    try bench.write("\u{FEFF}" + Self.queries.joined(separator: "\r\n\n"), to: "queries.txt")
    let found = try nearest("-k 5 --file queries.txt")
    #expect(found.map(\.query) == Self.queries.flatMap { Array(repeating: $0, count: 5) })
    let expected = try ranking(5)
    for query in Self.queries {
      expect(found.filter { $0.query == query }, are: try #require(expected[query]))
    }
    let piped = try bench.firn(
      "nearest --dataset d --backbone tiny --json -k 5 --file -", input: Self.queries.joined(separator: "\n"))
    #expect(try piped.jsonLines(Neighbour.self) == found)
  }

  @Test func `By item: itself is left out, its twin is not`() throws {
    try bench.firn(
      "extract - --dataset d --backbone tiny", input: #"{"id": "i7-twin", "text": "\#(Examples.text(7))"}"#)
    try bench.firn(
      "extract - --dataset q --backbone tiny", input: #"{"id": "i7", "text": "\#(Examples.text(7))"}"#)
    let expected = try #require(ranking(11)["i7"])
    #expect(expected.prefix(2).map(\.id) == ["i7", "i7-twin"])
    expect(try nearest("-k 10 --id i7"), are: Array(expected.dropFirst()))
  }

  @Test func `Items of equal score come in the order of the bytes of their ids`() throws {
    let twins = ["é", "a", "Z", "10", "9"].map { #"{"id": "\#($0)", "text": "the same"}"# }.joined(
      separator: "\n")
    try bench.firn("extract - --dataset twins --backbone tiny", input: twins)
    let found = try bench.firn("nearest --dataset twins --backbone tiny --json", "the same").jsonLines(
      Neighbour.self)
    #expect(found.map(\.id) == ["10", "9", "Z", "a", "é"])
    #expect(Set(found.map(\.score)).count == 1)
  }

  @Test func `The keys are those of the contract`() throws {
    let alone = try bench.firn("nearest --dataset d --backbone tiny --json -k 1", "chess")
    #expect(try alone.keys() == [["id", "rank", "score", "text"]])
    let file = try bench.firn(
      "nearest --dataset d --backbone tiny --json -k 1 --file -", input: "chess\nmail\n")
    #expect(try file.keys() == Array(repeating: ["id", "query", "rank", "score", "text"], count: 2))
  }

  @Test func `More neighbours than there are items are all of them`() throws {
    #expect(try nearest("-k 1000", "chess").count == 60)
    #expect(try nearest("-k 1000 --id i0").count == 59)
    #expect(try nearest("-k 9223372036854775807", "chess").count == 60)
    #expect(try nearest("-k 9223372036854775807 --id i0").count == 59)
  }

  @Test(arguments: [
    ("label.section = 'games'", "i % 3 == 0"),
    ("label.section IN ('mail', 'graphics') AND size < 300", "i % 3 != 0 and i < 30"),
    ("size >= 550 OR id = 'i1'", "i >= 55 or i == 1"),
    ("NOT label.section = 'games' AND text LIKE '%spam%'", "i % 3 == 2 and 'spam' in text(i)"),
    ("label.stars > 3", "i % 5 > 3"),
  ])
  func `The filter decides first what is searched`(filter: String, wanted: String) throws {
    try storeQueries()
    let texts = (0..<60).map { "\"\(Examples.text($0))\"" }.joined(separator: ",")
    let wanted = wanted.replacing("text(i)", with: "[\(texts)][i]")
    for (query, expected) in try ranking(9, wanted: wanted) {
      #expect(!expected.isEmpty)
      expect(try nearest("-k 9 --where", filter, query), are: expected)
    }
  }

  @Test func `An item that the filter leaves out can still be asked about`() throws {
    let found = try nearest("-k 1000 --id i0 --where", "label.section = 'mail'")
    #expect(found.count == 20 && found.allSatisfy { (Int($0.id.dropFirst()) ?? 0) % 3 == 2 })
  }

  @Test func `A filter that nothing passes finds nothing`() throws {
    #expect(try nearest("--where", "size < 0", "chess") == [])
  }

  @Test(arguments: [
    ("size <", 64, "character 7"), ("size < 1 AND", 64, "character 13"), ("size = 'x", 64, "character 8"),
    ("sise < 1", 69, "did you mean “size”"), ("label.sektion = 'x'", 69, "did you mean “label.section”"),
  ])
  func `A filter that cannot be read is told with its position, an unknown field with its near name`(
    filter: String, status: Int32, says words: String
  ) throws {
    let run = try bench.run("nearest --dataset d --backbone tiny --where", filter, "chess")
    #expect(run.status == status && run.errors.contains(words) && run.output == "", "\(run)")
  }

  @Test func `Any number of threads gives the same bytes`() throws {
    try bench.write(Self.queries.joined(separator: "\n"), to: "queries.txt")
    for query in ["--file queries.txt", "--id i5", "chess"] {
      let outputs = try ["1", "2", "7"].map {
        try bench.firn("nearest --dataset d --backbone tiny --json \(query) --threads \($0)").output
      }
      #expect(Set(outputs).count == 1)
    }
  }

  @Test func `What is not there is 69, or 66 if it is a file`() throws {
    for (words, status, says) in [
      ("--dataset d --backbone tiny --id i99", 69, "i99"), ("--dataset dd --backbone tiny chess", 69, "“d”"),
      ("--dataset d --backbone tinny chess", 69, "“tiny”"),
      ("--dataset d --backbone tiny --file no.txt", 66, "no.txt"),
    ] as [(String, Int32, String)] {
      let run = try bench.run("nearest \(words)")
      #expect(run.status == status && run.errors.contains(says), "\(run)")
    }
  }

  @Test func `Items that a backbone has not embedded are counted, with 69`() throws {
    try bench.firn("backbone add --name other", Workbench.model("one-layer").path)
    let run = try bench.run("nearest --dataset d --backbone other chess")
    #expect(run.status == 69 && run.errors.contains("60 of 60") && run.errors.contains("other"), "\(run)")
  }

  @Test func `A stored vector that was changed is refused with 65`() throws {
    let change = try bench.changeWithSQLite(
      "UPDATE embedding SET vector = zeroblob(192) WHERE id = (SELECT max(id) FROM embedding)")
    #expect(change.status == 0, "\(change)")
    let run = try bench.run("nearest --dataset d --backbone tiny chess")
    #expect(run.status == 65 && run.errors.contains("damaged") && run.output == "", "\(run)")
  }

  @Test func `The reference backbone finds by meaning`() throws {
    let bench = try Workbench(withBackbone: false)
    try bench.firn("backbone add --name minilm", Workbench.referenceModel())
    let rows = [
      ("gimp", "GNU Image Manipulation Program"),
      ("stockfish", "strong chess engine, to play against the computer"),
      ("mutt", "text-based mailreader"), ("gcc", "GNU C compiler"),
    ].map { #"{"id": "\#($0)", "text": "\#($1)"}"# }.joined(separator: "\n")
    try bench.firn("extract - --dataset d --backbone minilm", input: rows)
    for (query, id) in [("edit my holiday photographs", "gimp"), ("read e-mail in a terminal", "mutt")] {
      let found = try bench.firn("nearest --dataset d --backbone minilm --json", query).jsonLines(
        Neighbour.self)
      #expect(found.first?.id == id)
    }
  }
}
