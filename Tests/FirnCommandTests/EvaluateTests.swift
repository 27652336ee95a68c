import Foundation
import Testing

/// `firn evaluate`: how well a head does on labelled items.
struct EvaluateTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge")
  }

  struct Report: Decodable {
    struct Metrics: Decodable {
      let rows: Int
      let accuracy: Double
      let macro_f1: Double
      let log_loss: Double
      let confusion: [[Int]]
    }

    let head: String
    let version: Int
    let dataset: String
    let revision: Int
    let trained_on: Int
    let metrics: Metrics
  }

  @Test func `The measures are those of the answers that predict gives`() throws {
    try bench.write(Examples.rows(60..<120), to: "more.jsonl")
    try bench.firn("extract more.jsonl --dataset more --backbone tiny")
    let report: Report = try bench.firn("evaluate h --dataset more --json").json()
    #expect((report.head, report.version, report.dataset, report.revision) == ("h", 1, "more", 1))
    let answers = try bench.firn("predict h more.jsonl --json --top 3").jsonLines(Answer.self)
    let truths = (60..<120).map { Examples.sections[$0 % 3] }
    let right = zip(answers, truths).filter { $0.label == $1 }.count
    #expect(report.metrics.rows == 60)
    #expect(report.metrics.accuracy == Double(right) / 60)
    let losses = try zip(answers, truths).map { answer, truth in
      -log(try #require(answer.top?.first { $0.label == truth }).score)
    }
    #expect(abs(report.metrics.log_loss - losses.reduce(0, +) / 60) < 1e-5)
    for (index, truth) in Examples.sections.enumerated() {
      let counts = Examples.sections.map { label in
        zip(answers, truths).filter { $0.label == label && $1 == truth }.count
      }
      #expect(report.metrics.confusion[index] == counts)
    }
  }

  @Test func `It says how many of the rows the version was trained on`() throws {
    let own: Report = try bench.firn("evaluate h --json").json()
    #expect((own.dataset, own.metrics.rows, own.trained_on) == ("d", 60, 48))
    #expect(try bench.firn("evaluate h").output.contains("trained on 48: the figures flatter"))
    // It goes by the text, whatever the item is called.
    let renamed = (0..<60).map { Examples.row($0).replacing(#""id": "i"#, with: #""id": "x"#) }.joined(
      separator: "\n")
    try bench.firn("extract - --dataset renamed --backbone tiny", input: renamed)
    #expect(try bench.firn("evaluate h --dataset renamed --json").json(Report.self).trained_on == 48)
    try bench.firn("extract - --dataset fresh --backbone tiny", input: Examples.rows(60..<90))
    #expect(try bench.firn("evaluate h --dataset fresh --json").json(Report.self).trained_on == 0)
    #expect(try !bench.firn("evaluate h --dataset fresh").output.contains("flatter"))
  }

  @Test func `An older revision is measured as it stood`() throws {
    try bench.firn("extract - --dataset d --backbone tiny", input: Examples.rows(60..<70))
    #expect(try bench.firn("evaluate h --json").json(Report.self).metrics.rows == 70)
    #expect(try bench.firn("evaluate h --at 1 --json").json(Report.self).metrics.rows == 60)
  }

  @Test func `A dataset without the labels is 69`() throws {
    try bench.firn("extract - --dataset bare --backbone tiny", input: #"{"id": "a", "text": "a"}"#)
    let run = try bench.run("evaluate h --dataset bare")
    #expect(run.status == 69 && run.errors.contains("“section”") && run.errors.contains("“bare”"), "\(run)")
  }
}
