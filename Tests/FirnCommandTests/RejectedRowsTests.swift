import Foundation
import Testing

/// Rows that cannot be items: named on standard error with their line and what is wrong, and left out.
struct RejectedRowsTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
  }

  /// Rows of every fault, between two that are good.
  private static let faults: [(row: [UInt8], reason: String)] = [
    (Array(#"{"id": "b", "text": ""}"#.utf8), "empty"),
    (Array(#"{"id": "c", "text": " \t\u3000"}"#.utf8), "empty"),
    (Array(#"{"id": "d", "text": "a\u0000b"}"#.utf8), "NUL"),
    (Array(#"{"id": "e", "text": ""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8), "UTF-8"),
    (Array(#"{"id": "f", "text": "a""#.utf8), "line"),
    (Array(#"{"id": "g", "body": "a"}"#.utf8), "no field \"text\""),
    (Array(#"{"id": "h", "text": 7}"#.utf8), "not a string"),
    (Array(#"["i"]"#.utf8), "object"),
    (Array(#"{"id": "j", "text": "a", "labels": {"section": 3}}"#.utf8), "section"),
  ]

  private static var input: [UInt8] {
    let rows =
      [Array(Examples.row(0).utf8)] + faults.map(\.row) + [Array(Examples.row(1).utf8)]
    return rows.flatMap { $0 + [UInt8(ascii: "\n")] }
  }

  @Test func `Each is told with its line and its reason, and the others are taken`() throws {
    try bench.write(Self.input, to: "input.jsonl")
    let run = try bench.firn("extract input.jsonl --dataset d --backbone tiny --json")
    let report: ExtractReport = try run.json()
    #expect((report.items, report.rejected) == (2, Self.faults.count))
    #expect(try bench.sqlite("SELECT item FROM items ORDER BY 1") == "i0\ni1")
    try #require(run.complaints.count == Self.faults.count, "\(run)")
    for (index, fault) in Self.faults.enumerated() {
      let complaint = run.complaints[index]
      #expect(complaint.hasPrefix("input.jsonl: line \(index + 2): "), "\(complaint)")
      #expect(complaint.contains(fault.reason), "\(complaint)")
    }
  }

  @Test func `With --strict the first ends the extraction with 65; what was taken before stays`() throws {
    try bench.write(Self.input, to: "input.jsonl")
    let run = try bench.run("extract input.jsonl --dataset d --backbone tiny --json --strict")
    #expect(run.status == 65 && run.output == "", "\(run)")
    #expect(run.errors.contains("line 2") && !run.errors.contains("line 3"), "\(run)")
    #expect(try bench.sqlite("SELECT item FROM items") == "i0")
  }

  @Test func `A label of another kind than its task has had is rejected in every later extraction too`()
    throws
  {
    try bench.firn("extract - --dataset d --backbone tiny", input: Examples.rows(0..<3))
    let rows = ##"{"id": "x", "text": "x", "labels": {"section": ["games"]}}"##
    let run = try bench.run("extract - --dataset other --backbone tiny --json", input: rows)
    // Nothing but rejected rows: the wrong file, or the wrong fields.
    #expect(run.status == 65)
    #expect(try run.json(ExtractReport.self).rejected == 1)
    #expect(
      run.errors.contains("line 1") && run.errors.contains("multi-label")
        && run.errors.contains("single-label"))
  }

  @Test func `A table's header that lacks a named field is 65`() throws {
    try bench.write("id,body\na,text\n", to: "input.csv")
    let run = try bench.run("extract input.csv --dataset d --backbone tiny")
    #expect(run.status == 65 && run.errors.contains("header") && run.errors.contains("text"), "\(run)")
  }

  @Test func `Nothing that the input holds reaches a terminal as a control character`() throws {
    try bench.write(
      "{\"id\": \"a\", \"\\u001b[31mred\": 1}\n{\"id\": \"\\u001b]0;title\\u0007\", \"text\": \"\\u001b[2J chess\"}\n",
      to: "in\u{1B}[31mput.jsonl")
    let name = "in\u{1B}[31mput.jsonl"
    let runs = [
      try bench.run("extract --dataset d --backbone tiny", name),
      try bench.run("nearest --dataset d --backbone tiny", "chess"),
      try bench.run("head show", "\u{1B}[31mhead"),
      try bench.run("extract --dataset d --backbone tiny", "\u{1B}[2J.jsonl"),
      try bench.run("nearest --dataset d --backbone tiny chess --where", "\u{1B}[31m = 1"),
      try bench.run("extract --dataset d --backbone tiny", "--\u{1B}[31m"),
      try bench.run("dataset log d"),
    ]
    for run in runs {
      let controls = (run.output + run.errors).unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\n"
      }
      #expect(controls.isEmpty, "\(run)")
    }
  }
}
