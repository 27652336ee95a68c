import Foundation
import Testing

/// What `firn train`, `head list` and `head show` say of a version.
struct VersionReport: Decodable, Equatable {
  struct Metrics: Decodable, Equatable {
    let accuracy: Double?
    let macro_f1: Double?
    let log_loss: Double?
    let baseline_accuracy: Double?
    let classes: [String]?
    let confusion: [[Int]]?
  }

  let head: String
  let version: Int
  let digest: String
  let aliases: [String]
  let task: String
  let method: String
  let backbone: String
  let dataset: String
  let revision: Int
  let metrics: Metrics
  let holdout_rows: Int
  let train_rows: Int
  let converged: Bool
  let iterations: Int
  let objective: Double
  let penalty: Double?
  let created: String
}

/// `firn train`: a head from stored embeddings, kept as a new version.
struct TrainTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private func train(_ options: String, head: String = "h") throws -> VersionReport {
    try bench.firn("train \(head) --dataset d --backbone tiny --task section --json \(options)").json()
  }

  @Test(arguments: ["ridge", "logistic"])
  func `The keys are those of the contract, and more`(method: String) throws {
    let run = try bench.firn("train h --dataset d --backbone tiny --task section --json --method \(method)")
    let contract: Set = [
      "head", "version", "digest", "method", "metrics", "holdout_rows", "train_rows", "converged",
      "iterations",
      "objective", "seconds",
    ]
    #expect(contract.isSubset(of: try run.keys()[0]))
    #expect(run.errors == "")
    let report: VersionReport = try run.json()
    #expect((report.head, report.version, report.method) == ("h", 1, method))
    #expect((report.task, report.dataset, report.revision, report.backbone) == ("section", "d", 1, "tiny"))
    #expect(report.converged && report.objective > 0 && report.digest.count == 64)
    #expect((report.iterations == 0) == (method == "ridge"))
  }

  @Test func `A fifth of each class is held out, and what is measured on it adds up`() throws {
    let report = try train("--method ridge")
    #expect((report.holdout_rows, report.train_rows) == (12, 48))
    let confusion = try #require(report.metrics.confusion)
    #expect(report.metrics.classes == Examples.sections)
    #expect(confusion.map { $0.reduce(0, +) } == [4, 4, 4])
    let right = confusion.indices.map { confusion[$0][$0] }.reduce(0, +)
    #expect(report.metrics.accuracy == Double(right) / 12)
    #expect(report.metrics.baseline_accuracy == 4.0 / 12)
    #expect(try #require(report.metrics.accuracy) > 0.6)
    #expect(report.metrics.macro_f1 != nil && report.metrics.log_loss != nil)

    let all = try train("--method ridge --holdout 0")
    #expect((all.holdout_rows, all.train_rows, all.metrics.accuracy) == (0, 60, nil))
    #expect(
      try bench.firn("train h --dataset d --backbone tiny --task section --method ridge --holdout 0").output
        .contains("nothing is measured"))
  }

  @Test func `Versions number up; the same training gives the same digest on any number of threads`() throws {
    let reports = try ["--threads 1", "--threads 2", "--seed 1", "--penalty 3"].map {
      try train("--method logistic \($0)")
    }
    #expect(reports.map(\.version) == [1, 2, 3, 4])
    #expect(reports[0].digest == reports[1].digest)
    #expect(Set(reports.map(\.digest)).count == 3)
    #expect(reports[3].penalty == 3)
    // What the head is called is no part of it.
    #expect(try train("--method logistic", head: "other").digest == reports[0].digest)
    #expect(try train("--method ridge", head: "other").version == 2)
  }

  @Test func `An older revision trains the head that it trained then`() throws {
    let first = try train("--method ridge")
    let relabelled = (0..<20).map { #"{"id": "i\#($0)", "text": "\#(Examples.text($0))", "label": "x"}"# }
      .map { $0.replacing(#""label": "x""#, with: #""labels": {"section": "mail"}"#) }
    try bench.firn("extract - --dataset d --backbone tiny", input: relabelled.joined(separator: "\n"))
    let second = try train("--method ridge")
    #expect(second.revision == 2 && second.digest != first.digest)
    let again = try train("--method ridge --at 1")
    #expect(again.revision == 1 && again.digest == first.digest)
    let never = try bench.run(
      "train h --dataset d --backbone tiny --task section --method ridge --at 3")
    #expect(never.status == 69 && never.errors.contains("revision 3"), "\(never)")
  }

  @Test func `A solver that stopped early saves nothing, unless that is accepted`() throws {
    let words = "train h --dataset d --backbone tiny --task section --method logistic --penalty 1e-30"
    let run = try bench.run("\(words) --json")
    #expect(run.status == 65 && run.output == "", "\(run)")
    #expect(run.errors.contains("--accept-unconverged") && run.errors.contains("gradient norm"), "\(run)")
    #expect(try bench.firn("head list --json").output == "[]\n")
    let accepted: VersionReport = try bench.firn("\(words) --accept-unconverged --json").json()
    #expect(!accepted.converged && accepted.version == 1)
    #expect(try bench.firn("head show h").output.contains("NOT converged"))
  }

  @Test func `Rows that make no head are told with 65`() throws {
    let rows = (0..<6).map { #"{"id": "\#($0)", "text": "\#(Examples.text($0))", "label": "only"}"# }
    try bench.firn("extract - --dataset one --backbone tiny", input: rows.joined(separator: "\n"))
    for (words, says) in [
      ("--dataset one --task label --method ridge", "two classes"),
      ("--dataset d --task tags --method lda", "does not learn tasks of tags"),
      ("--dataset d --task stars --method logistic", "does not learn tasks of numbers"),
    ] {
      let run = try bench.run("train h --backbone tiny \(words)")
      #expect(run.status == 65 && run.errors.contains(says), "\(run)")
    }
    #expect(try bench.firn("head list --json").output == "[]\n")
  }

  @Test func `What is not there is 69, with the near name`() throws {
    try bench.firn("backbone add --name other", Workbench.model("one-layer").path)
    try bench.firn("extract - --dataset bare --backbone tiny", input: #"{"id": "a", "text": "a"}"#)
    for (words, says) in [
      ("--dataset d --backbone tiny --task sektion", "did you mean “section”"),
      ("--dataset dd --backbone tiny --task section", "“d”"),
      ("--dataset d --backbone tinny --task section", "did you mean “tiny”"),
      ("--dataset d --backbone other --task section", "60 of 60"),
      ("--dataset bare --backbone tiny --task section", "no item"),
    ] {
      let run = try bench.run("train h --method ridge \(words)")
      #expect(run.status == 69 && run.errors.contains(says), "\(run)")
    }
  }

  @Test func `A head stays with its task`() throws {
    _ = try train("--method ridge")
    let rows = (0..<9).map {
      #"{"id": "\#($0)", "text": "\#(Examples.text($0))", "label": "\#($0 % 2)"}"#
    }
    try bench.firn("extract - --dataset d --backbone tiny", input: rows.joined(separator: "\n"))
    let run = try bench.run("train h --dataset d --backbone tiny --task label --method ridge")
    #expect(run.status == 65 && run.errors.contains("“section”") && run.errors.contains("“label”"), "\(run)")
  }
}
