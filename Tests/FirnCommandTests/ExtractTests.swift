import Foundation
import Testing

/// What `firn extract` says of itself.
struct ExtractReport: Decodable {
  let dataset: String
  let backbone: String
  let revision: Int
  let items: Int
  let extracted: Int
  let reused: Int
  let duplicates: Int
  let rejected: Int
  let added: Int
  let changed: Int
  let replaced: Int
  let tokens: Int
  let truncated: Int
  let seconds: Double
}

/// `firn extract`: rows into a dataset, each text embedded once.
struct ExtractTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
  }

  /// Extracts `text` as `name` into the dataset `d`.
  @discardableResult
  private func extract(_ text: String, as name: String = "input.jsonl", _ options: String = "") throws
    -> ExtractReport
  {
    try bench.write(text, to: name)
    return try bench.firn("extract \(name) --dataset d --backbone tiny --json \(options)").json()
  }

  @Test func `The keys are those of the contract, and what changed in the dataset`() throws {
    try bench.write(Examples.rows(0..<3), to: "input.jsonl")
    let run = try bench.firn("extract input.jsonl --dataset d --backbone tiny --json")
    let contract = [
      "dataset", "backbone", "revision", "items", "extracted", "reused", "duplicates", "rejected", "tokens",
      "truncated",
      "seconds",
    ]
    #expect(try run.keys() == [(contract + ["added", "changed", "removed", "replaced"]).sorted()])
    #expect(run.errors == "")
    let report: ExtractReport = try run.json()
    #expect((report.dataset, report.backbone, report.revision) == ("d", "tiny", 1))
    #expect(report.tokens > 3 && report.seconds > 0)
  }

  @Test func `Every row is extracted, reused or a duplicate`() throws {
    try extract(Examples.rows(0..<4))
    let copies = (4..<7).map { #"{"id": "copy\#($0)", "text": "\#(Examples.text(4))"}"# + "\n" }.joined()
    let report = try extract(Examples.rows(0..<10) + copies)
    #expect((report.items, report.extracted, report.reused, report.duplicates) == (13, 6, 4, 3))
    #expect((report.added, report.changed, report.replaced, report.revision) == (9, 0, 0, 2))
    #expect(try bench.sqlite("SELECT count(*) FROM embeddings") == "10")
    #expect(try bench.sqlite("SELECT count(*) FROM item_embeddings") == "13")
  }

  @Test func `A second run extracts nothing and makes no revision`() throws {
    let first = try extract(Examples.rows(0..<10))
    let second = try extract(Examples.rows(0..<10))
    #expect((second.extracted, second.reused, second.tokens) == (0, 10, 0))
    #expect((second.added, second.changed, second.replaced) == (0, 0, 0))
    #expect((first.revision, second.revision) == (1, 1))
    #expect(try bench.firn("dataset log d").output.contains("extract input.jsonl"))
  }

  @Test func `A text is embedded once, whatever dataset it comes with`() throws {
    try extract(Examples.rows(0..<10))
    let report: ExtractReport = try bench.firn("extract input.jsonl --dataset other --backbone tiny --json")
      .json()
    #expect((report.items, report.extracted, report.reused, report.added) == (10, 0, 10, 10))
    #expect(try bench.sqlite("SELECT count(*) FROM embeddings") == "10")
    #expect(try bench.sqlite("SELECT count(*) FROM item_embeddings WHERE dataset = 'other'") == "10")
  }

  @Test func `Another backbone embeds the same texts again, beside the first`() throws {
    try extract(Examples.rows(0..<10))
    try bench.firn("backbone add --name other", Workbench.model("one-layer").path)
    let report: ExtractReport = try bench.firn("extract input.jsonl --dataset d --backbone other --json")
      .json()
    #expect((report.extracted, report.reused, report.revision) == (10, 0, 1))
    #expect(
      try bench.sqlite("SELECT backbone, count(*) FROM item_embeddings GROUP BY 1") == "other|10\ntiny|10")
  }

  @Test func `Several backbones read the input once, and give a line each and one revision`() throws {
    for (name, options) in [
      ("deep", "--pool mean+max"), ("shallow", "--layer 1"), ("early", "--layer 0 --pool cls"),
    ] {
      try bench.firn("backbone add --name \(name) \(options)", Workbench.model().path)
    }
    try bench.firn("backbone add --name other", Workbench.model("one-layer").path)
    try extract(Examples.rows(0..<4))
    let names = ["shallow", "other", "tiny", "deep", "early"]
    let words = names.map { "--backbone \($0)" }.joined(separator: " ")
    let rows = Examples.rows(0..<10) + Examples.rows(9..<10) + "{}\n"
    let run = try bench.firn("extract - --dataset d --json \(words)", input: rows)
    #expect(Set(try run.keys()).count == 1)
    let reports = try run.jsonLines(ExtractReport.self)
    #expect(reports.map(\.backbone) == names)
    #expect(reports.map(\.extracted) == [10, 10, 6, 10, 10])
    #expect(reports.map(\.reused) == [0, 0, 4, 0, 0])
    for report in reports {
      #expect((report.items, report.duplicates, report.rejected, report.added) == (11, 1, 1, 6))
      #expect(report.revision == 2 && report.tokens > 0)
    }
    #expect(run.complaints.count == 1)
    #expect(try bench.firn("dataset log d --json").json([Revision].self).map(\.revision) == [2, 1])

    // Each has what it gives alone.
    let vectors = "SELECT backbone, hex(digest), hex(vector) FROM embeddings ORDER BY 1, 2"
    let together = try bench.sqlite(vectors)
    let alone = try Workbench()
    try FileManager.default.removeItem(atPath: alone.store)
    try FileManager.default.copyItem(atPath: bench.store, toPath: alone.store)
    #expect(try alone.changeWithSQLite("DELETE FROM embedding").status == 0)
    for name in names { try alone.firn("extract - --dataset d --backbone \(name)", input: rows) }
    #expect(try alone.sqlite(vectors) == together)
  }

  @Test func `What differs between backbones is told of each, the rest once`() throws {
    try bench.firn("backbone add --name deep --pool mean+max", Workbench.model().path)
    try extract(Examples.rows(0..<4))
    let words = "extract - --dataset d --backbone tiny --backbone deep"
    let lines = try bench.firn(words, input: Examples.rows(0..<10)).output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    for line in [
      "dataset d, revision 2", "extracted 6 texts with tiny", "extracted 10 texts with deep",
      "reused 4 with tiny",
      "reused 0 with deep", "duplicates 0",
    ] { #expect(lines.contains(line), "\(lines)") }
    #expect(lines.count { $0.hasPrefix("time") } == 1)
  }

  @Test func `One unknown backbone among several is 69, and nothing is written`() throws {
    let run = try bench.run(
      "extract - --dataset d --backbone tiny --backbone tinny", input: Examples.rows(0..<3))
    #expect(run.status == 69 && run.errors.contains("tinny"), "\(run)")
    #expect(try bench.sqlite("SELECT count(*) FROM dataset") == "0")
  }

  @Test func `The later row of an id counts`() throws {
    let rows = [("a", "first"), ("b", "b"), ("a", "second")].map {
      #"{"id": "\#($0)", "text": "\#($1)"}"# + "\n"
    }
    let first = try extract(rows.joined())
    #expect((first.items, first.added, first.replaced) == (3, 2, 1))
    #expect(try bench.sqlite("SELECT item, text FROM items ORDER BY 1") == "a|second\nb|b")

    let second = try extract(#"{"id": "a", "text": "third"}"#)
    #expect((second.added, second.changed, second.replaced, second.revision) == (0, 1, 0, 2))
    #expect(try bench.sqlite("SELECT item, text FROM items ORDER BY 1") == "a|third\nb|b")
    let log = try bench.firn("dataset log d --json").json([Revision].self)
    #expect(log.map(\.revision) == [2, 1])
    #expect(log.map(\.changed) == [1, 0])
  }

  struct Revision: Decodable {
    let revision: Int
    let state: String
    let added: Int
    let changed: Int
  }

  @Test func `Rows without an id are named after their text`() throws {
    // The digest is the published test vector of SHA-256 for "abc".
    try extract(#"{"text": "abc"}"#)
    #expect(try bench.sqlite("SELECT item FROM items") == "sha256:ba7816bf8f01cfea")
  }

  @Test func `A text longer than the network reads is cut, counted and marked`() throws {
    let long = String(repeating: "chess ", count: 1_750_000)  // a line of 10 MB
    let report = try extract(#"{"id": "long", "text": "\#(long)"}"# + "\n" + #"{"id": "short", "text": "a"}"#)
    #expect((report.extracted, report.truncated, report.rejected) == (2, 1, 0))
    #expect(try bench.sqlite("SELECT length(text) FROM items WHERE item = 'long'") == "10500000")
    #expect(try bench.sqlite("SELECT truncated, tokens FROM embedding ORDER BY id") == "1|32\n0|3")
  }

  @Test
  func
    `Carriage returns, a byte-order mark, blank lines and a last line without an end are taken as what they are`()
    throws
  {
    let report = try extract(
      "\u{FEFF}" + #"{"id": "a", "text": "one"}"# + "\r\n\r\n\n" + #"{"id": "b", "text": "two"}"# + "\r\n"
        + #"{"id": "c", "text": "three"}"#)
    #expect((report.items, report.rejected) == (3, 0))
    #expect(try bench.sqlite("SELECT item, text FROM items ORDER BY 1") == "a|one\nb|two\nc|three")
  }

  @Test func `JSON Lines come from standard input`() throws {
    let run = try bench.firn("extract - --dataset d --backbone tiny --json", input: Examples.rows(0..<5))
    #expect(try run.json(ExtractReport.self).extracted == 5)
  }

  @Test(arguments: [(",", "csv"), ("\t", "tsv")])
  func `Tables have a header, quotes and fields of any name`(separator: String, format: String) throws {
    let rows = [
      ["key", "body", "section", "year"], ["a", "\"two\nlines, \"\"quoted\"\"\"", "games", "1999"],
      ["b", "plain", "mail", "2001"],
    ]
    let table = rows.map { $0.joined(separator: separator) + "\r\n" }.joined()
    let report = try extract(
      table, as: "input.\(format)", "--id-field key --text-field body --label topic=section")
    #expect(report.items == 2)
    #expect(try bench.sqlite("SELECT text FROM items WHERE item = 'a'") == "two\nlines, \"quoted\"")
    #expect(
      try bench.sqlite("SELECT item, task, value FROM labels ORDER BY 1") == "a|topic|games\nb|topic|mail")
    #expect(try bench.sqlite("SELECT metadata ->> 'year' FROM items ORDER BY 1") == "1999\n2001")
  }

  @Test func `In a folder the paths are ids and the subfolders labels`() throws {
    for (path, text) in [
      ("games/chess.txt", "chess"), ("mail/post/letter.txt", "letter"), ("top.txt", "top"),
    ] {
      try bench.write(text, to: "texts/\(path)")
    }
    let report: ExtractReport = try bench.firn("extract texts --dataset d --backbone tiny --json").json()
    #expect(report.items == 3)
    #expect(
      try bench.sqlite("SELECT item, text FROM items ORDER BY 1")
        == "games/chess.txt|chess\nmail/post/letter.txt|letter\ntop.txt|top")
    #expect(
      try bench.sqlite("SELECT item, value FROM labels ORDER BY 1")
        == "games/chess.txt|games\nmail/post/letter.txt|mail")
  }

  @Test func `Labels answer tasks of three kinds; other fields are metadata`() throws {
    try extract(Examples.rows(3...3))
    #expect(
      try bench.sqlite("SELECT task, value, typeof(value) FROM labels ORDER BY 1")
        == #"section|games|text"# + "\n" + #"stars|3.0|real"# + "\n" + #"tags|["t1"]|text"#)
    #expect(try bench.sqlite("SELECT metadata FROM items") == #"{"size":30}"#)
    struct Dataset: Decodable {
      struct Task: Decodable, Equatable {
        let task: String
        let kind: String
        let items: Int
      }
      let name: String
      let revision: Int
      let items: Int
      let tasks: [Task]
    }
    let dataset: Dataset = try bench.firn("dataset show d --json").json()
    #expect((dataset.name, dataset.revision, dataset.items) == ("d", 1, 1))
    #expect(
      dataset.tasks == [
        .init(task: "section", kind: "single-label", items: 1),
        .init(task: "stars", kind: "regression", items: 1),
        .init(task: "tags", kind: "multi-label", items: 1),
      ])
    #expect(try bench.firn("dataset list --json").json([Dataset].self).map(\.name) == ["d"])
  }

  @Test func `A missing input is 66 and leaves no dataset behind`() throws {
    let run = try bench.run("extract nowhere.jsonl --dataset d --backbone tiny")
    #expect(run.status == 66 && run.errors.contains("nowhere.jsonl"), "\(run)")
    #expect(try bench.sqlite("SELECT count(*) FROM dataset") == "0")
  }

  @Test func `An unknown backbone is 69, and the near name is told`() throws {
    try bench.write(Examples.rows(0..<3), to: "input.jsonl")
    let run = try bench.run("extract input.jsonl --dataset d --backbone tinny")
    #expect(
      run.status == 69 && run.errors.contains("tinny") && run.errors.contains("did you mean “tiny”"), "\(run)"
    )
    #expect(try bench.sqlite("SELECT count(*) FROM dataset") == "0")
  }

  @Test func `A store in a folder that is not there is 66`() throws {
    let add = try bench.run("backbone add --name tiny --store no/where/firn.db", Workbench.model().path)
    #expect(add.status == 66 && add.errors.contains("no/where/firn.db"), "\(add)")
    try bench.write(Examples.rows(0..<3), to: "input.jsonl")
    let extract = try bench.run("extract input.jsonl --dataset d --backbone tiny --store no/where/firn.db")
    #expect(extract.status == 66 && extract.errors.contains("no/where/firn.db"), "\(extract)")
  }

  @Test func `The store is the one that --store or else FIRN_STORE names`() throws {
    bench.environment["FIRN_STORE"] = "of the environment.db"
    try bench.firn("backbone add --name tiny", Workbench.model().path)
    try bench.firn("backbone add --name mini --store option.db", Workbench.model().path)
    struct Backbone: Decodable { let name: String }
    let names = { (words: String) in try bench.firn(words).json([Backbone].self).map(\.name) }
    #expect(try names("backbone list --json") == ["tiny"])
    #expect(try names("backbone list --json --store option.db") == ["mini"])
    #expect(
      FileManager.default.fileExists(atPath: bench.folder.appending(path: "of the environment.db").path))
  }
}
