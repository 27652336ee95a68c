import Foundation
import Testing

/// `firn head prune`: what goes, what stays and why, and what is left of what went.
struct HeadPruneTests {
  let bench: Workbench

  /// A head `h` of six versions, whose champion is its second and was its first; the fourth is tagged.
  init() throws {
    bench = try Workbench.withVersions(6)
    for version in [1, 2] { try bench.firn("head promote h@\(version) champion") }
    try bench.firn("head tag h@4 good")
  }

  private struct Report: Decodable {
    struct Pruned: Decodable {
      let version: Int
      let digest: String
      let created: String
    }
    struct Kept: Decodable {
      let version: Int
      let reasons: [String]
    }
    let head: String
    let keep: Int
    let dry_run: Bool
    let pruned: [Pruned]
    let kept: [Kept]
  }

  private func versions() throws -> String {
    try bench.sqlite("SELECT group_concat(version) FROM (SELECT version FROM head_version ORDER BY version)")
  }

  @Test func `What nothing keeps goes, and each that stays says why`() throws {
    let digests = try bench.sqlite("SELECT lower(hex(digest)) FROM head_version ORDER BY version")
      .split(separator: "\n").map(String.init)
    let rehearsal: Report = try bench.firn("head prune h --keep 1 --dry-run --json").json()
    #expect(rehearsal.dry_run && (rehearsal.head, rehearsal.keep) == ("h", 1))
    #expect(try versions() == "1,2,3,4,5,6")
    let report: Report = try bench.firn("head prune h --keep 1 --json").json()
    #expect(!report.dry_run)
    for report in [rehearsal, report] {
      #expect(report.pruned.map(\.version) == [3, 5])
      #expect(report.pruned.map(\.digest) == [digests[2], digests[4]])
      #expect(report.kept.map(\.version) == [1, 2, 4, 6])
      #expect(
        report.kept.map(\.reasons) == [["log of champion"], ["alias champion"], ["tag good"], ["newest"]])
    }
    #expect(try versions() == "1,2,4,6")
    #expect(try bench.firn("head rollback h champion --json").output.contains(#""version":1"#))
    try bench.firn("verify")
    try bench.firn("vacuum")
    try bench.firn("verify")
  }

  @Test func `The table says it to people`() throws {
    let rehearsal = try bench.firn("head prune h --keep 2 --dry-run").output
    #expect(rehearsal.contains("would be pruned") && rehearsal.contains("1 of 6 versions would be pruned"))
    let pruned = try bench.firn("head prune h --keep 2").output
    #expect(pruned.contains("stays: tag good") && pruned.contains("1 of 6 versions pruned"))
  }

  @Test func `What was pruned is told with its time and its notes, and its number is not given again`() throws
  {
    try bench.firn("head note h@5", "it was wordy")
    try bench.firn("head prune h --keep 1")
    let when = try bench.sqlite("SELECT pruned FROM pruned_version WHERE version = 5")
    for words in [
      "head show h@5", "head promote h@5 champion", "head verify h@5", "predict h@5", "head tag h@5 x",
    ] {
      let run = try bench.run(words)
      #expect(run.status == 69 && run.errors.contains("was pruned \(when)"), "\(run)")
      #expect(run.errors.contains("it was wordy"), "\(run)")
    }
    try bench.train(seed: 7)
    #expect(try versions() == "1,2,4,6,7")
    try bench.firn("head untag h@4 good")
    #expect(try bench.firn("head prune h --keep 1 --json").json(Report.self).pruned.map(\.version) == [4, 6])
  }

  @Test func `A version that was made from another keeps it`() throws {
    let change =
      "DROP TRIGGER head_version_is_immutable; UPDATE head_version SET parent = 3 WHERE version = 6"
    #expect(try bench.changeWithSQLite(change).status == 0)
    let report: Report = try bench.firn("head prune h --keep 1 --json").json()
    #expect(report.pruned.map(\.version) == [5])
    #expect(report.kept.first { $0.version == 3 }?.reasons == ["parent of 6"])
  }

  @Test func `What is off is 64, and what is not there 69`() throws {
    for (status, words, says) in [
      (64, "head prune h", "--keep"), (64, "head prune h --keep 0", "--keep"),
      (64, "head prune h --keep all", "--keep"), (69, "head prune hh --keep 1", "did you mean “h”"),
    ] as [(Int32, String, String)] {
      let run = try bench.run(words)
      #expect(run.status == status && run.errors.contains(says), "\(run)")
    }
    #expect(try versions() == "1,2,3,4,5,6")
  }

  @Test func `A version that is there though it was pruned is found`() throws {
    let change = """
      INSERT INTO pruned_version SELECT head, version, digest, created, created FROM head_version WHERE version = 3
      """
    #expect(try bench.changeWithSQLite(change).status == 0)
    let run = try bench.run("verify")
    #expect(run.status == 65 && run.output.contains("h@3 is there, and was pruned as well"), "\(run)")
  }

  @Test func `A pruned version that an alias names is found`() throws {
    let change = """
      INSERT INTO pruned_version SELECT head, version, digest, created, created FROM head_version WHERE version = 1;
      DELETE FROM head_version WHERE version = 1
      """
    #expect(try bench.changeWithSQLite(change).status == 0)
    let run = try bench.run("verify")
    #expect(run.status == 65 && run.output.contains("alias_log refers to a head_version"), "\(run)")
  }
}
