import Foundation
import Testing

/// `firn transfer`: how backbones and datasets relate, before a head is kept.
struct TransferTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private struct Scores: Decodable {
    struct Score: Decodable {
      struct Figure: Decodable {
        struct Interval: Decodable {
          let low, high: Double
        }
        let value: Double
        let interval: Interval
        let rows: Int
      }
      struct Curve: Decodable {
        struct Point: Decodable {
          let rows: Int
        }
        let points: [Point]
      }
      let backbone: String
      let ridge, neighbours: Figure
      let h_score, log_evidence, leep: Double?
      let learning_curve: Curve?
    }
    struct Verdict: Decodable {
      let best, next: String
      let difference: Double
      let is_real: Bool
    }
    let measure: String
    let rows: Int
    let backbones: [Score]
    let verdict: Verdict?
    let incomplete: [String]
  }

  private struct Gap: Decodable {
    struct Side: Decodable {
      struct Witness: Decodable {
        let id: String
      }
      let rows: Int
      let surest: [Witness]
    }
    struct Discrepancy: Decodable {
      let p_value: Double
    }
    struct Proxy: Decodable {
      let error, distance: Double
    }
    struct Shift: Decodable {
      struct Share: Decodable {
        let label: String
        let source_share, target_share: Double
      }
      let classes: [Share]
    }
    let source, target: Side
    let mmd: Discrepancy
    let proxy: Proxy
    let label_shift: Shift?
  }

  private let score = "transfer score --dataset d"
  private let gap = "transfer gap d d --backbone tiny"

  @Test func `Backbones are ranked, and one that has not read all is named`() throws {
    try bench.firn("backbone add --name shallow --layer 1", Workbench.model().path)
    try bench.firn("backbone add --name idle --layer 2", Workbench.model().path)
    try bench.firn("extract examples.jsonl --dataset d --backbone shallow")
    let scores: Scores = try bench.firn("\(score) --task section --json").json()
    #expect((scores.measure, scores.rows, scores.incomplete) == ("accuracy", 60, ["idle"]))
    #expect(Set(scores.backbones.map(\.backbone)) == ["tiny", "shallow"])
    #expect(scores.backbones[0].ridge.value >= scores.backbones[1].ridge.value)
    let verdict = try #require(scores.verdict)
    #expect((verdict.best, verdict.next) == (scores.backbones[0].backbone, scores.backbones[1].backbone))
    for score in scores.backbones {
      #expect(score.ridge.interval.low <= score.ridge.value && score.ridge.value <= score.ridge.interval.high)
      #expect(score.h_score != nil && score.log_evidence != nil && score.leep == nil)
    }
  }

  /// What a head of the same task says tells the labels better than one of a task that has nothing to do with them.
  @Test func `A head for another task is held against the labels`() throws {
    try bench.firn("train same --dataset d --backbone tiny --task section --method ridge")
    try bench.firn("train other --dataset d --backbone tiny --task stars --method ridge")
    let same: Scores = try bench.firn("\(score) --task section --from same --json").json()
    let none: Scores = try bench.firn("\(score) --task stars --from same --json").json()
    #expect(try #require(same.backbones[0].leep) > log(1 / 3.0))
    #expect(none.backbones[0].leep == nil && none.measure == "r2" && none.backbones[0].h_score == nil)
  }

  @Test func `A learning curve is drawn of all kinds of tasks`() throws {
    for task in ["section", "tags", "stars"] {
      let scores: Scores = try bench.firn("\(score) --task \(task) --learning-curve --json").json()
      let curve = try #require(scores.backbones[0].learning_curve)
      #expect(curve.points.last?.rows == 60 && curve.points.count >= 3, "\(task)")
    }
  }

  @Test func `A gap is found where there is one, with the texts that make it`() throws {
    let sections = ["--source-where", "label.section = 'games'", "--target-where", "label.section = 'mail'"]
    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge")
    let apart: Gap = try bench.start("\(gap) --head h -k 2 --json", sections, input: "").end().json()
    #expect(apart.mmd.p_value < 0.01 && apart.proxy.distance > 1)
    #expect((apart.source.rows, apart.target.rows, apart.source.surest.count) == (20, 20, 2))
    let mail = try #require(apart.label_shift?.classes.first { $0.label == "mail" })
    #expect(mail.target_share > mail.source_share)

    let halves = ["--source-where", "size < 300", "--target-where", "size >= 300"]
    let alike: Gap = try bench.start("\(gap) --json", halves, input: "").end().json()
    #expect(alike.mmd.p_value > 0.01)
  }

  @Test func `What cannot be compared is refused`() throws {
    let few = try bench.run("\(gap) --source-where", "id = 'i1'")
    #expect(few.status == 65 && few.errors.contains("at least 2"), "\(few.testDescription)")
    let none = try bench.run("\(score) --task nothing")
    #expect(none.status == 69, "\(none.testDescription)")
  }
}
