import Foundation
import Testing

/// `firn head note`, `tag`, `untag` and `list --tag`: what is said of versions that never change.
struct HeadAnnotationTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withVersions(2)
  }

  private struct Annotations: Decodable {
    struct Note: Decodable { let text, created: String }
    let head: String
    let version: Int
    let notes: [Note]
    let tags: [String]
  }

  @Test func `A note stays with its time, and the version as it was`() throws {
    let before = try bench.sqlite("SELECT *, hex(weights) FROM head_version")
    try bench.firn("head note h@1", "weak on mail")
    let run = try bench.firn("head note h@1 --json", "  two\twords ")
    #expect(try run.keys() == [["head", "notes", "tags", "version"]])
    let noted = try run.json(Annotations.self)
    #expect(noted.head == "h" && noted.version == 1)
    #expect(noted.notes.map(\.text) == ["weak on mail", "  two\twords "])
    #expect(noted.notes.allSatisfy { $0.created.hasPrefix("20") && $0.created.hasSuffix("Z") })
    #expect(try bench.sqlite("SELECT *, hex(weights) FROM head_version") == before)
    #expect(try bench.firn("head show h@1").output.contains("weak on mail"))
    #expect(try bench.firn("head show h@1 --json").json(Annotations.self).notes.count == 2)
    #expect(try bench.firn("head show h@2 --json").json(Annotations.self).notes.isEmpty)
  }

  @Test func `Tags are given and taken, and list versions`() throws {
    #expect(try bench.firn("head tag h@1 old small").output == "h@1 has 0 notes and the tags old, small\n")
    #expect(try bench.firn("head tag h small --json").json(Annotations.self).version == 2)
    func tagged(_ tag: String) throws -> [Int] {
      try bench.firn("head list --json --tag \(tag)").json([Annotations].self).map(\.version)
    }
    #expect(try [tagged("old"), tagged("small"), tagged("large")] == [[1], [1, 2], []])
    #expect(try bench.firn("head untag h@1 small --json").json(Annotations.self).tags == ["old"])
    #expect(try [tagged("old"), tagged("small")] == [[1], [2]])
    #expect(try bench.firn("head list").output.contains("old"))
    #expect(try bench.firn("head list --json").json([Annotations].self).map(\.tags) == [["old"], ["small"]])
    #expect(try bench.firn("head show h@1").output.contains("tags      old"))
    #expect(try bench.sqlite("SELECT head, version, tag FROM tags ORDER BY version") == "h|1|old\nh|2|small")
  }

  @Test func `What is off is 64, and what is not there 69`() throws {
    try bench.firn("head tag h@1 good")
    for (status, words, more, says) in [
      (64, "head note h@1", " ", "TEXT"), (64, "head note h@1", "", "TEXT"),
      (64, "head tag h@1", "a@b", "holds @"), (64, "head tag h@1", "", "TAG"),
      (64, "head untag h@1", "", "TAG"), (64, "head list --tag", "", "--tag"),
      (69, "head note h@3", "n", "h@3"), (69, "head tag hh", "n", "did you mean “h”"),
      (69, "head untag h@1", "goood", "did you mean “good”"), (69, "head untag h@2", "good", "h@2"),
      (69, "head tag h@champion", "n", "champion"),
    ] as [(Int32, String, String, String)] {
      let run = try bench.run(words, more)
      #expect(run.status == status && run.output == "" && run.errors.contains(says), "\(run)")
    }
    for words in ["head note h@1", "head tag h@1", "head untag h@1"] {
      #expect(try bench.run(words).status == 64)
    }
    #expect(try bench.sqlite("SELECT count(*) FROM head_annotation") == "1")
  }

  @Test func `An annotation of a version that never was is found`() throws {
    try bench.firn("head tag h@1 good")
    try bench.firn("head note h@1", "well")
    let change = "DROP TRIGGER head_annotation_is_append_only; UPDATE head_annotation SET version = 7"
    #expect(try bench.changeWithSQLite(change).status == 0)
    let run = try bench.run("verify")
    #expect(run.status == 65, "\(run)")
    for said in ["the tag “good” is of h@7", "the note “well” is of h@7"] {
      #expect(run.output.contains(said), "\(run)")
    }
  }
}
