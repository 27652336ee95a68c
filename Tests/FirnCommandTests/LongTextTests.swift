import Foundation
import Testing

/// `--on-long`: what becomes of a text that is longer than the network reads, which is 32 tokens here.
struct LongTextTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench(withBackbone: false)
    for rule in ["truncate", "window", "error"] {
      try bench.firn("backbone add --name \(rule) --on-long \(rule)", Workbench.model().path)
    }
  }

  private static let long = String(repeating: "snow ", count: 40)
  private static let rows = """
    {"id": "a", "text": "snow", "label": "x"}
    {"id": "b", "text": "\(long)", "label": "y"}
    {"id": "c", "text": "ice", "label": "y"}
    {"id": "d", "text": "\(long)", "label": "x"}

    """

  private func extract(_ backbone: String, _ options: String = "") throws -> CommandRun {
    try bench.run("extract - --dataset d --backbone \(backbone) --json \(options)", input: Self.rows)
  }

  @Test func `By default it is cut; in windows all of it is read`() throws {
    let cut = try extract("truncate").json(ExtractReport.self)
    #expect((cut.items, cut.extracted, cut.truncated, cut.tokens) == (4, 3, 1, 3 + 3 + 32))
    // Windows of 30 tokens, each 23 further: 30 and 17, and two special ones round each.
    let read = try extract("window").json(ExtractReport.self)
    #expect((read.items, read.extracted, read.truncated, read.tokens) == (4, 3, 0, 3 + 3 + 32 + 19))
    #expect(try bench.firn("backbone show window").output.contains("overlap by 7 tokens"))
    #expect(try bench.firn("backbone show truncate").output.contains("are cut"))
  }

  @Test func `Refused, each of its rows is rejected with its line, its tokens and the limit`() throws {
    let run = try extract("error")
    #expect(run.status == 0)
    let report: ExtractReport = try run.json()
    #expect((report.items, report.extracted, report.rejected, report.truncated) == (2, 2, 2, 0))
    try #require(run.complaints.count == 2, "\(run)")
    for (complaint, line) in zip(run.complaints, [2, 4]) {
      #expect(complaint.hasPrefix("-: line \(line): "), "\(complaint)")
      #expect(complaint.contains("42 tokens") && complaint.contains("32"), "\(complaint)")
    }
    #expect(try bench.sqlite("SELECT item FROM items ORDER BY 1") == "a\nc")
    #expect(try extract("error").json(ExtractReport.self).rejected == 2)
  }

  @Test func `A row that one of several backbones refuses is none for the others either`() throws {
    let reports = try extract("truncate", "--backbone error").jsonLines(ExtractReport.self)
    #expect(reports.map(\.extracted) == [2, 2] && reports.map(\.rejected) == [2, 2])
    #expect(try bench.sqlite("SELECT item FROM items ORDER BY 1") == "a\nc")
  }

  @Test func `With --strict the first of its rows ends the extraction with 65`() throws {
    let run = try extract("error", "--strict")
    #expect(run.status == 65 && run.output == "" && run.errors.contains("line 2"), "\(run)")
    #expect(try bench.sqlite("SELECT item FROM items") == "a")
  }

  @Test func `Predict leaves its line out and ends with 65; nearest ends with 65`() throws {
    let rows = (0..<12).map {
      #"{"id": "\#($0)", "text": "snow \#($0)", "label": "\#($0 % 2)"}"# + "\n"
    }
    try bench.firn("extract - --dataset d --backbone error", input: rows.joined())
    try bench.firn("train h --dataset d --backbone error --task label --method ridge")
    let predict = try bench.run("predict h --json", input: Self.rows)
    #expect(predict.status == 65)
    #expect(try predict.jsonLines(Answer.self).map(\.id) == ["a", "c"])
    #expect(predict.complaints.count == 2)
    #expect(predict.errors.contains("line 4") && predict.errors.contains("42 tokens"), "\(predict)")
    let nearest = try bench.run("nearest --dataset d --backbone error", Self.long)
    #expect(
      nearest.status == 65 && nearest.output == "" && nearest.errors.contains("42 tokens"), "\(nearest)")
  }
}
