import Foundation
import Testing

/// Heads of tags and numbers, and answers that say how sure they are.
struct TaskKindTests {
  let bench: Workbench

  init() throws { bench = try Workbench.withExamples() }

  private struct Trained: Decodable {
    struct Metrics: Decodable {
      let micro_f1, r2, accuracy: Double?
      let intervals: [String: Interval]?
    }

    let method: String
    let metrics: Metrics
    let holdout_rows: Int
  }

  private struct Interval: Decodable { let low, high: Double }

  private func train(_ words: String) throws -> Trained {
    try bench.firn("train h --dataset d --backbone tiny \(words) --json").json()
  }

  @Test(arguments: ["centroid", "knn", "ridge", "mlp"])
  func `Tags are learnt, measured and answered`(method: String) throws {
    let trained = try train("--task tags --method \(method)")
    let f1 = try #require(trained.metrics.micro_f1)
    #expect(trained.holdout_rows == 12 && f1 >= 0 && f1 <= 1)
    #expect(try #require(trained.metrics.intervals?["micro_f1"]).low <= f1)

    struct Answer: Decodable {
      struct Tag: Decodable { let label: String, score: Double }
      let id: String
      let labels: [Tag]
    }
    let answers = try bench.firn("predict h examples.jsonl --json").jsonLines(Answer.self)
    #expect(answers.map(\.id) == (0..<60).map { "i\($0)" })
    #expect(
      answers.allSatisfy { $0.labels.allSatisfy { ["t0", "t1"].contains($0.label) && $0.score > 0.5 } })
    #expect(try bench.firn("head show h").output.contains("average precision"))
    #expect(try bench.firn("evaluate h").output.contains("micro F1"))
  }

  @Test(arguments: ["knn", "ridge", "mlp"])
  func `Numbers are learnt, measured and answered`(method: String) throws {
    let trained = try train("--task stars --method \(method)")
    let r2 = try #require(trained.metrics.r2)
    #expect(r2 <= 1)
    struct Answer: Decodable {
      let id: String
      let number: Double
      let interval: Interval
    }
    let answers = try bench.firn("predict h examples.jsonl --coverage 0.8 --json").jsonLines(Answer.self)
    #expect(answers.count == 60)
    #expect(answers.allSatisfy { abs(($0.interval.low + $0.interval.high) / 2 - $0.number) < 1e-6 })
    #expect(try bench.firn("evaluate h").output.contains("R²"))
    #expect(try bench.firn("head list").output.contains("R²"))
    let compared = try bench.firn("head compare h@1 h@1").output
    #expect(compared.contains("difference +0.0000"), "\(compared)")
  }

  @Test func `A set of classes holds what was asked for, and strange texts are marked`() throws {
    _ = try train("--task section --method ridge")
    struct Answer: Decodable {
      let set: [String]?
      let rejected: Bool?
      let novelty: Double?
    }
    let wide = try bench.firn("predict h examples.jsonl --coverage 0.9 --json").jsonLines(Answer.self)
    let narrow = try bench.firn("predict h examples.jsonl --coverage 0.3 --json").jsonLines(Answer.self)
    func size(_ answers: [Answer]) -> Int { answers.reduce(0) { $0 + ($1.set?.count ?? 0) } }
    #expect(size(wide) >= size(narrow))
    let marked = try bench.firn("predict h examples.jsonl --reject --json").jsonLines(Answer.self)
    #expect(marked.allSatisfy { $0.novelty != nil && $0.rejected != nil })
    #expect(marked.count { $0.rejected == true } < 30)
    let text = try bench.firn("predict h examples.jsonl --coverage 0.9 --reject").output
    #expect(text.split(separator: "\n")[0].contains("set"))
  }

  @Test func `What cannot be stated is refused`() throws {
    _ = try train("--task tags --method ridge")
    let tags = try bench.run("predict h examples.jsonl --coverage 0.9")
    #expect(tags.status == 65 && tags.errors.contains("of one class or a number"), "\(tags)")
    _ = try train("--task tags --method ridge --holdout 0")
    let nothing = try bench.run("predict h examples.jsonl --reject")
    #expect(nothing.status == 69 && nothing.errors.contains("--holdout"), "\(nothing)")
    for words in [
      "--method centroid --penalty 1", "--method ridge --neighbours 3", "--method knn --units 5",
    ] {
      let run = try bench.run("train g --dataset d --backbone tiny --task section \(words)")
      #expect(run.status == 65 && run.errors.contains("leave it out"), "\(run)")
    }
  }
}
