import Foundation
import Testing

/// `firn train --update`: a head that follows changed labels from statistics.
struct UpdateTests {
  let bench: Workbench

  init() throws { bench = try Workbench.withExamples() }

  private struct Report: Decodable {
    let version: Int
    let digest: String
    let revision: Int
    let penalty: Double?
    let removed_rows, added_rows: Int?
  }

  private func relabel(_ index: Int, _ section: String) throws {
    try bench.firn(
      "label - --dataset d", input: #"{"id": "i\#(index)", "labels": {"section": "\#(section)"}}"#)
  }

  private func train(_ words: String) throws -> Report { try bench.firn("train \(words) --json").json() }

  @Test func `An update is the bytes of training anew, and reads what changed alone`() throws {
    let first = try train("h --dataset d --backbone tiny --task section --method ridge")
    for (index, section) in [(3, "mail"), (14, "games"), (15, "new"), (16, "new")] {
      try relabel(index, section)
    }
    let updated = try train("h --update")
    #expect(updated.version == 2 && updated.revision == 5 && updated.digest != first.digest)
    let penalty = try #require(updated.penalty)
    let (removed, added) = (try #require(updated.removed_rows), try #require(updated.added_rows))
    #expect((1..<20).contains(removed) && (1..<20).contains(added))
    let anew = try train(
      "g --dataset d --backbone tiny --task section --method ridge --penalty \(penalty)")
    #expect(anew.digest == updated.digest)
    #expect(try bench.firn("head verify h").output.contains("the same bytes"))
    #expect(try bench.firn("head show h --json").output.contains(#""parent":1"#))

    // New rows, and a second update on top of the first.
    try bench.firn("extract - --dataset d --backbone tiny", input: Examples.rows(60..<75))
    let again = try train("h --update")
    let all = try train(
      "g --dataset d --backbone tiny --task section --method ridge --penalty \(penalty)")
    #expect(again.digest == all.digest)
    #expect(try bench.firn("verify").status == 0)
  }

  @Test func `Without statistics all rows are read, to the same end`() throws {
    _ = try train("h --dataset d --backbone tiny --task section --method ridge --penalty 0.3")
    try relabel(5, "games")
    #expect(try bench.changeWithSQLite("DELETE FROM head_statistics").status == 0)
    let updated = try train("h --update")
    #expect(updated.removed_rows == nil && updated.version == 2)
    let anew = try train("g --dataset d --backbone tiny --task section --method ridge --penalty 0.3")
    #expect(anew.digest == updated.digest)
  }

  @Test func `What cannot follow is refused`() throws {
    try bench.firn("train h --dataset d --backbone tiny --task section --method centroid")
    let other = try bench.run("train h --update")
    #expect(other.status == 65 && other.errors.contains("centroid"), "\(other)")
    #expect(try bench.run("train nobody --update").status == 69)
    #expect(try bench.run("train h --update --dataset d").status == 64)
    #expect(try bench.run("train h --update --penalty 5").status == 64)
    #expect(try bench.run("train h --dataset d --backbone tiny --task section").status == 64)
  }

  @Test func `Statistics that are not as they were written are told`() throws {
    _ = try train("h --dataset d --backbone tiny --task section --method ridge")
    try relabel(5, "games")
    let damage = try bench.changeWithSQLite(
      "UPDATE head_statistics SET statistics = zeroblob(length(statistics))")
    #expect(damage.status == 0)
    let verified = try bench.run("verify")
    #expect(
      verified.status == 65 && (verified.output + verified.errors).contains("statistics of h@1"),
      "\(verified)")
    let run = try bench.run("train h --update")
    #expect(run.status == 65 && run.errors.contains("statistics"), "\(run)")
  }
}
