import Foundation
import Testing

/// What `firn sweep` says of a sweep.
private struct SweepReport: Decodable {
  let head, task, dataset, by: String
  let revision: Int
  let trials: [TrialReport]
  let best: BestVersion
}

private struct BestVersion: Decodable {
  let head, digest, method: String
  let version, holdout_rows, train_rows: Int
}

private struct TrialReport: Decodable, Equatable {
  struct Figures: Decodable, Equatable {
    let mean, standard_error: Double?
    let values: [Double]
  }

  let rank, seed, folds, repeats, revision: Int
  let backbone, method, rows_digest, task: String
  let penalty: Double?
  let measures: [String: Figures]
  let converged, reused: Bool

  func mean(_ key: String) -> Double { measures[key]?.mean ?? .nan }
}

/// `firn sweep` and `firn head trials`: many heads, the best of which is kept.
struct SweepTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private func sweep(_ options: String, head: String = "h", task: String = "section") throws -> SweepReport {
    try bench.firn("sweep \(head) --dataset d --backbone tiny --task \(task) --json \(options)").json()
  }

  private var stored: Int {
    get throws { Int(try bench.sqlite("SELECT count(*) FROM trial")) ?? -1 }
  }

  @Test func `Every combination is a trial, and the best of them a version`() throws {
    let report = try sweep(
      "--method ridge --method lda --method logistic --penalty 1 --penalty 0.1 --seed 0 --seed 3")
    #expect(
      (report.head, report.task, report.dataset, report.revision, report.by) == (
        "h", "section", "d", 1, "accuracy"
      ))
    #expect(report.trials.count == 10 && report.trials.map(\.rank) == Array(1...10))
    #expect(Set(report.trials.map { "\($0.method) \($0.penalty ?? 0) \($0.seed)" }).count == 10)
    #expect(
      report.trials.map { $0.mean("accuracy") } == report.trials.map { $0.mean("accuracy") }.sorted(by: >))
    for trial in report.trials {
      let figures = try #require(trial.measures["log_loss"])
      #expect(figures.values.count == 5 && figures.standard_error != nil && !trial.reused)
      #expect(abs(figures.values.reduce(0, +) / 5 - trial.mean("log_loss")) < 1e-12)
    }
    #expect((report.best.head, report.best.version, report.best.method) == ("h", 1, report.trials[0].method))
    #expect((report.best.holdout_rows, report.best.train_rows) == (12, 48))
    // The same words train the same head alone.
    let penalty = report.trials[0].penalty.map { "--penalty \($0)" } ?? ""
    let alone: BestVersion = try bench.firn(
      "train other --dataset d --backbone tiny --task section --json --method \(report.best.method) --seed \(report.trials[0].seed) \(penalty)"
    ).json()
    #expect(alone.digest == report.best.digest)
    struct Verification: Decodable { let identical: Bool }
    #expect(try bench.firn("head verify h@1 --json").json(Verification.self).identical)
  }

  @Test func `Trials that are there are not measured again`() throws {
    let first = try sweep("--method ridge --method centroid --penalty 1 --penalty 5")
    let again = try sweep("--method ridge --method centroid --method lda --penalty 1 --penalty 5 --penalty 7")
    #expect(again.trials.count == 5 && again.trials.count { $0.reused } == 3)
    for trial in first.trials {
      let same = again.trials.first { $0.method == trial.method && $0.penalty == trial.penalty }
      #expect(try #require(same).measures == trial.measures)
    }
    #expect(try stored == 5)
    let told = try bench.firn(
      "sweep h --dataset d --backbone tiny --task section --method ridge --method centroid --penalty 1 --penalty 5"
    )
    #expect(told.output.contains("measured before") && told.output.contains("h@3"))
    #expect(told.errors.split(separator: "\n").count == 3, "\(told)")
    // Other folds, other rows: other trials.
    #expect(try sweep("--method centroid --folds 3").trials.allSatisfy { !$0.reused })
    try bench.firn("label - --dataset d", input: #"{"id": "i0", "labels": {"section": "mail"}}"#)
    #expect(try sweep("--method centroid").trials.allSatisfy { !$0.reused && $0.revision == 2 })
    #expect(try sweep("--method centroid --at 1").trials.allSatisfy(\.reused))
    // For another head they are listed too.
    #expect(try sweep("--method centroid", head: "other").trials.allSatisfy(\.reused))
    let trials: [TrialReport] = try bench.firn("head trials other --json").json()
    #expect(trials.map(\.method) == ["centroid"])
    try bench.firn("verify")
  }

  @Test func `Trials are listed by what can be compared, and go with their head`() throws {
    let report = try sweep("--method ridge --method knn --penalty 1 --penalty 100 --by log_loss --repeats 2")
    #expect(report.trials.map { $0.mean("log_loss") } == report.trials.map { $0.mean("log_loss") }.sorted())
    #expect(report.trials.allSatisfy { $0.measures["accuracy"]?.values.count == 10 })
    _ = try sweep("--method lda --folds 2")
    let trials: [TrialReport] = try bench.firn("head trials h --json --by log_loss").json()
    #expect(trials.map(\.rank) == [1, 1, 2, 3] && trials.map(\.folds) == [2, 5, 5, 5])
    #expect(Array(trials[1...]).map(\.measures) == report.trials.map(\.measures))
    let text = try bench.firn("head trials h").output
    #expect(text.contains("5 folds × 2") && text.contains("± error"), "\(text)")
    let changed = try bench.changeWithSQLite("UPDATE trial SET seconds = 0")
    #expect(changed.status != 0 && changed.errors.contains("a trial never changes"))
    try bench.firn("head remove h")
    #expect(try stored == 0)
    #expect(try bench.run("head trials h").status == 69)
  }

  @Test func `Every backbone is tried, and every task has its own head`() throws {
    try bench.firn("backbone add --name peaks --pool max", Workbench.model().path)
    try bench.firn("extract examples.jsonl --dataset d --backbone peaks")
    let run = try bench.firn(
      "sweep h --dataset d --backbone tiny --backbone peaks --task section --task tags --task stars --method ridge --penalty 1 --json"
    )
    let reports = try run.jsonLines(SweepReport.self)
    #expect(reports.map(\.head) == ["h-section", "h-tags", "h-stars"])
    #expect(reports.map(\.by) == ["accuracy", "micro_f1", "r2"])
    for report in reports {
      #expect(Set(report.trials.map(\.backbone)) == ["tiny", "peaks"] && report.best.version == 1)
    }
    #expect(try bench.firn("head list --json").json([BestVersion].self).count == 3)
    let text = try bench.firn(
      "sweep h --dataset d --backbone tiny --backbone peaks --task section --task tags --method ridge --penalty 1"
    ).output
    #expect(text.contains("h-section") && text.contains("h-tags@2") && text.contains("peaks"), "\(text)")
  }

  @Test func `A sweep that was interrupted goes on where it was`() throws {
    let line =
      "sweep h --dataset d --backbone tiny --task section --method centroid --method mlp --penalty 1 --seed 1"
    let running = try bench.start(line + " --repeats 20 --threads 1", input: "")
    for _ in 0..<1000 where try !running.errorsSoFar.contains("centroid") { usleep(10_000) }
    running.kill()
    _ = try running.end()
    let kept = try stored
    #expect(kept >= 1)
    let again = try bench.firn(
      "sweep h --dataset d --backbone tiny --task section --method centroid --seed 1 --repeats 20 --json"
    )
    .json(SweepReport.self)
    #expect(again.trials.allSatisfy(\.reused) && again.best.version >= 1)
    #expect(try stored == kept)
  }

  @Test func `Threads change no figure`() throws {
    let words =
      "sweep h --dataset d --backbone tiny --task section --method ridge --method logistic --penalty 1 --json"
    let first: SweepReport = try bench.firn(words + " --threads 1").json()
    try bench.firn("head remove h")
    let second: SweepReport = try bench.firn(words + " --threads 3").json()
    #expect(first.trials == second.trials && first.best.digest == second.best.digest)
  }

  @Test func `Merging takes trials along`() throws {
    let report = try sweep("--method ridge --penalty 1 --penalty 2")
    try bench.firn("merge firn.db --into all.db")
    #expect(try bench.sqlite("SELECT count(*) FROM trial", of: "all") == "2")
    try bench.firn("merge firn.db --into all.db")
    let trials: [TrialReport] = try bench.firn("--store all.db head trials h --json").json()
    #expect(trials.map(\.measures) == report.trials.map(\.measures))
    try bench.firn("--store all.db verify")
  }

  @Test func `What makes no sweep is told`() throws {
    let start = "sweep h --dataset d --backbone tiny --task"
    for (words, status, parts) in [
      ("section --method ridge --group nowhere", 69, ["“nowhere”", "“size”", "label.TASK"]),
      ("section --method ridge --group label.nowhere", 69, ["nowhere"]),
      ("section --method ridge --group label.section", 65, ["no row can be held out", "another field"]),
      ("section --method ridge --holdout 0 --group label.section", 65, ["5 folds", "0 groups"]),
      ("tags --method ridge --method lda", 65, ["lda does not learn", "ridge"]),
      ("section --method lda --method centroid --penalty 1", 65, ["lda", "leave it out"]),
      ("section --method ridge --by r2", 64, ["“r2”", "accuracy", "log_loss"]),
      ("section --method ridge --folds 1", 64, ["folds"]),
      ("section --method ridge --folds 50", 65, ["50 folds", "48 groups"]),
      ("nowhere --method ridge", 69, ["nowhere"]),
      ("section --method ridge --at 9", 69, ["revision 9"]),
      ("section", 64, ["method"]),
    ] {
      let run = try bench.run("\(start) \(words) --json")
      #expect(run.status == status && run.output == "", "\(run)")
      for part in parts { #expect(run.errors.contains(part), "\(run)") }
    }
    #expect(try stored == 0)
    let unconverged = try bench.run("\(start) section --method logistic --penalty 1e-30")
    #expect(unconverged.status == 65 && unconverged.errors.contains("stopped early"), "\(unconverged)")
    #expect(try bench.firn("head list --json").output == "[]\n")
    // The trial is kept; were its own solvers stopped early, it could not be the best.
    _ = try bench.changeWithSQLite(
      "DROP TRIGGER trial_is_immutable; UPDATE trial SET measures = json_set(measures, '$.converged', json('false'))"
    )
    #expect(try bench.firn("head trials h").output.contains("NOT converged"))
    let again = try bench.run("\(start) section --method logistic --penalty 1e-30")
    #expect(again.status == 65 && again.errors.contains("NOT converged, measured before"), "\(again)")
    _ = try bench.changeWithSQLite("UPDATE trial SET measures = '[]'")
    let damaged = try bench.run("head trials h")
    #expect(damaged.status == 65 && damaged.errors.contains("damaged"), "\(damaged)")
    _ = try bench.changeWithSQLite("DELETE FROM trial")
    _ = try sweep("--method ridge --penalty 1")
    let other = try bench.run("\(start) tags --method ridge")
    #expect(other.status == 65 && other.errors.contains("section"), "\(other)")
  }
}

/// `--group`: items of one group are on one side.
struct GroupTests {
  /// Twenty groups of five items, and five items without one; half the items of a group are of one section.
  private func bench() throws -> Workbench {
    let bench = try Workbench()
    let rows = (0..<105).map { row in
      let author = row < 100 ? #""author": "a\#(row / 5)", "# : ""
      return #"{"id": "i\#(row)", "text": "\#(Examples.text(row))", \#(author)"#
        + #""labels": {"section": "\#(Examples.sections[row % 3])", "shelf": "s\#(row % 7)"}}"#
    }
    try bench.write(rows.joined(separator: "\n"), to: "rows.jsonl")
    try bench.firn("extract rows.jsonl --dataset d --backbone tiny")
    return bench
  }

  private struct Version: Decodable {
    struct Specification: Decodable {
      let group: String?
    }

    let specification: Specification
    let holdout_rows, train_rows: Int
    let digest: String
  }

  @Test(arguments: ["author", "label.shelf"])
  func `Groups are held out whole, and training again gives the same bytes`(field: String) throws {
    let bench = try bench()
    let words = "train h --dataset d --backbone tiny --task section --method ridge --penalty 1 --json"
    let version: Version = try bench.firn("\(words) --group \(field)").json()
    #expect(version.specification.group == field)
    #expect(version.train_rows + version.holdout_rows == 105 && abs(version.holdout_rows - 21) <= 8)
    // Whole groups of five or fifteen, but for items without one.
    #expect(field == "author" || version.holdout_rows == 15)
    let verified = try bench.firn("head verify h")
    #expect(verified.output.contains("identical") || verified.status == 0)
    #expect(try bench.firn("head show h").output.contains("by \(field)"))
    let plain: Version = try bench.firn(words).json()
    #expect(plain.specification.group == nil && plain.digest != version.digest)
    #expect(!(try bench.sqlite("SELECT specification FROM head_version WHERE version = 2")).contains("group"))
    try bench.firn("head compare h@1 h@1")
    try bench.firn("evaluate h@1 --dataset d")
  }

  @Test func `A sweep by groups is another one when the groups change`() throws {
    let bench = try bench()
    let words = "sweep h --dataset d --backbone tiny --task section --method centroid --group author --json"
    let first: SweepReport = try bench.firn(words).json()
    #expect(try bench.firn(words).json(SweepReport.self).trials.allSatisfy(\.reused))
    let rows = try String(contentsOf: bench.folder.appending(path: "rows.jsonl"), encoding: .utf8)
    try bench.write(rows.replacing(#""a3""#, with: #""a4""#), to: "rows.jsonl")
    try bench.firn("extract rows.jsonl --dataset d --backbone tiny")
    let second: SweepReport = try bench.firn(words).json()
    #expect(!second.trials[0].reused && second.trials[0].rows_digest != first.trials[0].rows_digest)
  }
}
