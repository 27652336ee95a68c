import Foundation
import Testing

/// `firn head show`: from the input file to the version, in one answer.
struct LineageTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withVersions(1)
  }

  private struct Shown: Decodable {
    struct Lineage: Decodable {
      struct Revision: Decodable {
        let revision, added, changed, removed: Int
        let command, created: String
      }
      struct Backbone: Decodable {
        let name, fingerprint: String
        let location: String?
        let in_store: Bool
      }
      struct Rows: Decodable {
        let digest: String
        let trained, held_out: Int
      }
      struct Version: Decodable {
        let version: Int
        let digest, created: String
      }
      let dataset: String
      let revisions: [Revision]
      let forgotten_revisions: Int
      let backbone: Backbone
      let rows: Rows
      let parents: [Version]
      let version: Version
    }
    let digest: String
    let rows_digest: String
    let parent: Int?
    let lineage: Lineage
  }

  private func shown(_ reference: String) throws -> Shown.Lineage {
    try bench.firn("head show \(reference) --json").json(Shown.self).lineage
  }

  @Test func `Every step from the input file on is there`() throws {
    let shown: Shown = try bench.firn("head show h --json").json()
    let lineage = shown.lineage
    #expect(lineage.dataset == "d" && lineage.forgotten_revisions == 0)
    #expect(lineage.revisions.map(\.command) == ["firn extract examples.jsonl --dataset d --backbone tiny"])
    #expect(lineage.revisions.map(\.added) == [60])
    #expect(lineage.backbone.name == "tiny" && lineage.backbone.in_store)
    #expect(lineage.backbone.location == Workbench.model().path)
    #expect(lineage.rows.digest == shown.rows_digest)
    #expect((lineage.rows.trained, lineage.rows.held_out) == (48, 12))
    #expect(lineage.parents.isEmpty && shown.parent == nil)
    #expect((lineage.version.version, lineage.version.digest) == (1, shown.digest))
    let text = try bench.firn("head show h").output
    for part in [
      "d revision 1", "+60 ~0 −0: firn extract examples.jsonl", "backbone tiny", Workbench.model().path,
      "48 trained on, 12 held out", "h@1",
    ] {
      #expect(text.contains(part), "\(text)")
    }
  }

  @Test func `What came behind the revision trained on is no part of it`() throws {
    try bench.firn("extract - --dataset d --backbone tiny", input: Examples.rows(60..<66))
    try bench.train(seed: 2)
    try bench.firn("extract - --dataset d --backbone tiny", input: Examples.rows(66..<70))
    #expect(try shown("h@1").revisions.map(\.revision) == [1])
    #expect(try shown("h@2").revisions.map(\.added) == [60, 6])
  }

  @Test func `Of a long log people see both ends, and scripts all`() throws {
    for index in 60..<70 {
      try bench.firn("extract - --dataset d --backbone tiny", input: Examples.row(index))
    }
    try bench.train(seed: 2)
    let text = try bench.firn("head show h@2").output
    for part in ["d revision 1 ", "d revision 3 ", "… 5 more", "d revision 9 ", "d revision 11 "] {
      #expect(text.contains(part), "\(text)")
    }
    #expect(!text.contains("d revision 4 ") && !text.contains("d revision 8 "))
    #expect(try shown("h@2").revisions.count == 11)
    try bench.firn("head remove h")
    try bench.train(seed: 2)
    try bench.firn("dataset forget d --before 10")
    #expect(try bench.firn("head show h").output.contains("… 9 before"))
    #expect(try shown("h").forgotten_revisions == 9)
  }

  @Test func `Parents stand between the rows and the version`() throws {
    for seed in [2, 3] { try bench.train(seed: seed) }
    let change = """
      DROP TRIGGER head_version_is_immutable;
      UPDATE head_version SET parent = 1 WHERE version = 2; UPDATE head_version SET parent = 2 WHERE version = 3
      """
    #expect(try bench.changeWithSQLite(change).status == 0)
    #expect(try bench.firn("head show h@3 --json").json(Shown.self).parent == 2)
    #expect(try shown("h@3").parents.map(\.version) == [2, 1])
    let lines = try bench.firn("head show h@3").output.split(separator: "\n").suffix(3)
    #expect(lines.map { String($0.prefix(3)) } == ["h@1", "h@2", "h@3"])
    #expect(lines.last?.contains("made from 2") == true)
    #expect(try bench.firn("head show h@3").output.contains("parent    h@2"))
  }

  @Test func `A backbone that is gone is told`() throws {
    try bench.firn("backbone remove tiny")
    #expect(try bench.firn("head show h").output.contains("no more in the store"))
    let backbone = try shown("h").backbone
    #expect(backbone.name == "tiny" && !backbone.in_store && backbone.location == nil)
  }
}
