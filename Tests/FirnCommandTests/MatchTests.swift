import Foundation
import Testing

/// `firn nearest --match`: words and vectors together.
struct MatchTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples(200)
  }

  private struct Answer: Decodable, Equatable {
    let rank: Int
    let id: String
    let score: Double
    let text: String
    let cosine: Double?
    let words_rank: Int?
  }

  private let nearest = "nearest --dataset d --backbone tiny --json"

  /// The ids by bm25, as Python's SQLite says it of the texts of items that are `wanted`.
  private func byWords(_ words: String, wanted: String = "True") throws -> [String] {
    try bench.python(
      """
      rows = db.execute("SELECT rank, 'i' || (rowid - 1) FROM words WHERE words MATCH ? ORDER BY rank", ['''\(words)''']).fetchall()
      rows = [(score, item) for score, item in rows for i in [int(item[1:])] if \(wanted)]
      print(json.dumps([item for score, item in sorted(rows, key=lambda row: (row[0], row[1].encode()))]))
      """)
  }

  private func expect(_ found: [Answer], fuse near: [Answer], _ words: [String], count: Int) {
    var scores: [String: Double] = [:]
    for (place, item) in near.prefix(max(100, 5 * count)).enumerated() {
      scores[item.id, default: 0] += 1 / Double(61 + place)
    }
    for (place, id) in words.prefix(max(100, 5 * count)).enumerated() {
      scores[id, default: 0] += 1 / Double(61 + place)
    }
    let best = scores.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
      .prefix(count)
    #expect(found.map(\.id) == best.map(\.key))
    for (place, answer) in found.enumerated() {
      #expect(answer.rank == place + 1 && abs(answer.score - (scores[answer.id] ?? 0)) < 1e-15)
      #expect(
        answer.words_rank
          == words.prefix(max(100, 5 * count)).firstIndex(of: answer.id).map { $0 + 1 })
      #expect(answer.cosine == near.prefix(max(100, 5 * count)).first { $0.id == answer.id }?.score)
      #expect(answer.text == Examples.text(Int(answer.id.dropFirst()) ?? -1))
    }
  }

  @Test(arguments: [5, 30])
  func `Both rankings are fused by their reciprocal ranks`(count: Int) throws {
    let near = try bench.firn("\(nearest) -k 200", "chess and mail").jsonLines(Answer.self)
    for words in ["pawn", "spam inbox", "rook OR photo", "pix*", "\"letter letter\""] {
      let found = try bench.firn("\(nearest) -k \(count) --match", words, "chess and mail")
        .jsonLines(Answer.self)
      expect(found, fuse: near, try byWords(words), count: count)
    }
  }

  @Test func `The filter holds for both rankings, and for items asked about`() throws {
    let filter = "label.section = 'mail' AND size < 1500"
    let near = try bench.firn("\(nearest) -k 200 --where", filter, "chess").jsonLines(Answer.self)
    let found = try bench.firn("\(nearest) -k 7 --match spam --where", filter, "chess").jsonLines(
      Answer.self)
    let words = try byWords("spam", wanted: "i % 3 == 2 and i < 150")
    #expect(!words.isEmpty && words.count < 50)
    expect(found, fuse: near, words, count: 7)
    let item = try bench.firn("\(nearest) -k 200 --id i2").jsonLines(Answer.self)
    let byItem = try bench.firn("\(nearest) -k 7 --match spam --id i2").jsonLines(Answer.self)
    expect(byItem, fuse: item, try byWords("spam", wanted: "i != 2"), count: 7)
  }

  @Test func `Only items of the dataset and its revision are found by words`() throws {
    try bench.firn(
      "extract - --dataset other --backbone tiny", input: #"{"id": "o", "text": "pawn"}"#)
    try bench.firn(
      "extract - --dataset d --backbone tiny", input: #"{"id": "i0", "text": "zebra pawn"}"#)
    let now = try bench.firn("\(nearest) -k 300 --match zebra", "chess").jsonLines(Answer.self)
    #expect(now.filter { $0.words_rank != nil }.map(\.id) == ["i0"])
    let before = try bench.firn("\(nearest) -k 300 --at 1 --match zebra", "chess").jsonLines(
      Answer.self)
    #expect(before.allSatisfy { $0.words_rank == nil } && before.count == 200)
    let pawns = try bench.firn("\(nearest) -k 300 --match pawn", "chess").jsonLines(Answer.self)
    #expect(!pawns.contains { $0.id == "o" })
  }

  @Test func `Items of one text have one rank each, in the order of their ids`() throws {
    let twins = ["é", "a", "Z", "10", "9"].map { #"{"id": "\#($0)", "text": "the same"}"# }.joined(
      separator: "\n")
    try bench.firn("extract - --dataset twins --backbone tiny", input: twins)
    let found = try bench.firn(
      "nearest --dataset twins --backbone tiny --json --match same", "the same"
    )
    .jsonLines(Answer.self)
    #expect(
      found.map(\.id) == ["10", "9", "Z", "a", "é"] && found.map(\.words_rank) == [1, 2, 3, 4, 5])
  }

  @Test
  func
    `Queries of a file are each fused with the words; any number of threads gives the same bytes`()
    throws
  {
    let outputs = try ["1", "2", "7"].map {
      try bench.firn(
        "\(nearest) -k 4 --match spam --threads \($0) --file -", input: "chess\nmail\n"
      ).output
    }
    #expect(Set(outputs).count == 1)
    let alone = try bench.firn("\(nearest) -k 4 --match spam", "mail").jsonLines(Answer.self)
    let file = try bench.firn("\(nearest) -k 4 --match spam --file -", input: "chess\nmail\n")
    #expect(try Array(file.jsonLines(Answer.self).suffix(4)) == alone)
  }

  @Test func `Keys are added only where words are matched`() throws {
    let both = try bench.firn(
      "\(nearest) -k 1 --match", "\"\(Examples.text(4))\"", Examples.text(4))
    #expect(try both.keys() == [["cosine", "id", "rank", "score", "text", "words_rank"]])
    #expect(try bench.firn("\(nearest) -k 1", "chess").keys() == [["id", "rank", "score", "text"]])
    let shown = try bench.firn("nearest --dataset d --backbone tiny -k 2 --match spam", "mail")
      .output
    #expect(shown.contains("by words") && shown.contains("cosine"), "\(shown)")
  }

  @Test func `Words that nothing has are said to have changed nothing`() throws {
    let run = try bench.firn("nearest --dataset d --backbone tiny -k 3 --match unheard", "chess")
    #expect(run.errors.contains("nearness alone") && run.output.contains("cosine"), "\(run)")
  }

  @Test(arguments: [
    ("e-mail", "no such column"), ("\"open", "unterminated"), ("a AND", "syntax error"),
    ("*", "begins with *"),
  ])
  func `Words that cannot be read are 64, with the mend`(words: String, says: String) throws {
    let run = try bench.run("nearest --dataset d --backbone tiny --match", words, "chess")
    #expect(
      run.status == 64 && run.output == "" && run.errors.contains("--match")
        && run.errors.contains(says), "\(run)")
    #expect(run.errors.contains("double quotes"), "\(run)")
  }
}
