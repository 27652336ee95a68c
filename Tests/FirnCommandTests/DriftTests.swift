import Foundation
import Testing

/// `firn drift`: whether what arrives is still what a head was trained on.
struct DriftTests {
  let bench: Workbench

  /// Of each six examples three are in the dataset `d`, and three arrive in `new`.
  init() throws {
    bench = try Workbench()
    let (known, new) = ((0..<240).filter { $0 / 3 % 2 == 0 }, (0..<240).filter { $0 / 3 % 2 == 1 })
    try bench.write(Examples.rows(known), to: "known.jsonl")
    try bench.write(Examples.rows(new), to: "new.jsonl")
    try bench.firn("extract known.jsonl --dataset d --backbone tiny")
    try bench.firn("extract new.jsonl --dataset new --backbone tiny")
    for task in ["section", "tags", "stars"] {
      try bench.firn("train \(task) --dataset d --backbone tiny --task \(task) --method ridge --holdout 0.4")
    }
  }

  private struct Report: Decodable {
    struct Side: Decodable {
      let dataset: String
      let rows: Int
    }
    struct Test: Decodable {
      let evidence: String
      let p_value, adjusted_p_value: Double
      let drifted: Bool
    }
    struct Accuracy: Decodable {
      struct Interval: Decodable {
        let low, high: Double
      }
      let reference, estimated: Double
      let interval: Interval
      let by_label_shift: Double?
    }
    struct Change: Decodable {
      let label: String
      let reference_answered, answered: Double
      let reference_share, estimated_share, reference_accuracy, estimated_accuracy: Double?
    }
    struct Means: Decodable {
      let reference, new: Double
    }
    let head: String
    let reference, new: Side
    let trained_on: Int
    let drifted: Bool
    let tests: [Test]
    let accuracy: Accuracy?
    let answers: [Change]?
    let means: Means?
  }

  private let mail = ["--where", "label.section = 'mail'"]

  @Test func `Nothing is raised where what arrives is like what was held out`() throws {
    let run = try bench.firn("drift section --dataset new --json")
    let report: Report = try run.json()
    #expect(!report.drifted && report.tests.map(\.evidence) == ["features", "novelty", "answers"])
    #expect(
      (report.head, report.reference.rows, report.new.rows, report.trained_on) == ("section@1", 48, 120, 0))
    let accuracy = try #require(report.accuracy)
    #expect(accuracy.interval.low <= accuracy.estimated && accuracy.estimated <= accuracy.interval.high)
    #expect(try bench.firn("drift section --dataset new --json").output == run.output)
    #expect(try bench.firn("drift section --dataset new").output.contains("is not refuted"))
  }

  @Test func `Drift is status 4, with the whole report before it`() throws {
    let run = try bench.start("drift section --dataset new --json", mail, input: "").end()
    #expect(run.status == 4 && run.errors == "", "\(run.testDescription)")
    let report: Report = try run.json()
    #expect(report.drifted && report.new.rows == 40)
    #expect(report.tests.contains { $0.evidence == "answers" && $0.drifted && $0.adjusted_p_value <= 0.05 })
    let change = try #require(report.answers?.first { $0.label == "mail" })
    #expect(change.answered > 2 * change.reference_answered)
    #expect(try #require(change.estimated_share) > 2 * (try #require(change.reference_share)))
    #expect(change.reference_accuracy != nil && change.estimated_accuracy != nil)
    let text = try bench.start("drift section --dataset new", mail, input: "").end()
    #expect(text.status == 4 && text.output.contains("What arrives is not what section@1 was trained on"))
    #expect(text.output.contains("By class"))
  }

  @Test func `Texts that were trained on are left out, those held out stay`() throws {
    let report: Report = try bench.firn("drift section --dataset d --json").json()
    #expect((report.new.rows, report.trained_on) == (48, 72))
    #expect(!report.drifted && report.tests[2].p_value == 1)
  }

  @Test func `Tags and numbers drift too`() throws {
    let tags: Report = try bench.firn("drift tags --dataset new --json").json()
    #expect(tags.accuracy == nil && tags.answers?.map(\.label).sorted() == ["t0", "t1"])
    #expect(tags.answers?.allSatisfy { $0.reference_share == nil && $0.estimated_accuracy == nil } == true)
    let numbers: Report = try bench.firn("drift stars --dataset new --json").json()
    #expect(numbers.accuracy == nil && numbers.answers == nil && numbers.means != nil)
    for head in ["tags", "stars"] {
      let run = try bench.start("drift \(head) --dataset new", mail, input: "").end()
      #expect(run.status == 4, "\(run.testDescription)")
    }
  }

  @Test func `What cannot be told is refused, with what is missing`() throws {
    try bench.firn("backbone add --name shallow --layer 1", Workbench.model().path)
    try bench.firn("extract new.jsonl --dataset unread --backbone shallow")
    try bench.write(#"{"id": "x", "text": "not read by tiny"}"# + "\n", to: "more.jsonl")
    try bench.firn("extract more.jsonl --dataset unread --backbone shallow")
    try bench.firn("train all --dataset d --backbone tiny --task section --method ridge --holdout 0")
    try bench.firn("head export section --to section.safetensors")
    try bench.firn(
      "head import section.safetensors --head foreign --task section --dataset d --backbone tiny")
    for (words, status, says) in [
      ("section --dataset nothing", 69, "nothing"), ("section --dataset unread", 69, "1 "),
      ("all --dataset new", 69, "--holdout"), ("foreign --dataset new", 65, "imported"),
      ("section --dataset new --level 0.001", 64, "level"),
      ("section --dataset new --level 1", 64, "--level"),
      ("section@9 --dataset new", 69, "section"),
    ] as [(String, Int32, String)] {
      let run = try bench.run("drift \(words)")
      #expect(run.status == status && run.errors.contains(says) && run.output == "", "\(run.testDescription)")
    }
    let none = try bench.run("drift section --dataset new --where", "id = 'nobody'")
    #expect(none.status == 69 && none.errors.contains("not trained on"), "\(none.testDescription)")
    let one = try bench.run("drift section --dataset new --where", "id = 'i3'")
    #expect(one.status == 65 && one.errors.contains("at least 2"), "\(one.testDescription)")
  }
}
