import Digests
import Testing

@testable import Storage

/// Which versions of a head go, which stay and why, and what is left of those that went.
@Suite struct PruningTests {
  let store: TemporaryStore

  init() throws {
    store = try TemporaryStore()
  }

  private func reasons(_ verdicts: [PruneVerdict]) -> [[PruneVerdict.Reason]] { verdicts.map(\.reasons) }

  @Test func theNewestStay() throws {
    let writer = try store.writer(ofVersionsFrom: [nil, nil, nil, nil])
    #expect(reasons(try writer.pruning(of: "h", keeping: 4)) == [[.newest], [.newest], [.newest], [.newest]])
    #expect(reasons(try writer.pruning(of: "h", keeping: 0)) == [[], [], [], [.newest]])
    #expect(try writer.versions(of: "h").count == 4)
    #expect(reasons(try writer.prune("h", keeping: 2)) == [[], [], [.newest], [.newest]])
    #expect(try writer.versions(of: "h").map(\.version) == [3, 4])
    #expect(try writer.newestVersion(of: "h").version == 4)
    #expect(try writer.prune("h", keeping: 2).allSatisfy { !$0.goes })
  }

  @Test func whatAnAliasATagOrAVersionNeedsStays() throws {
    // 6 was made from 2, 2 from 1; nothing that stays was made from 3.
    let writer = try store.writer(ofVersionsFrom: [nil, 1, nil, nil, nil, 2, nil])
    for version in [4, 5] { try writer.promote(version, of: "h", to: "champion") }
    try writer.tag(6, of: "h", with: ["good"])
    #expect(
      reasons(try writer.prune("h", keeping: 1)) == [
        [.parent(of: 2)], [.parent(of: 6)], [], [.log(of: "champion")], [.alias("champion")], [.tag("good")],
        [.newest],
      ])
    #expect(try writer.rollback("champion", of: "h").version == 4)
    try writer.untag(6, of: "h", from: ["good"])
    #expect(try writer.prune("h", keeping: 1).filter(\.goes).map(\.version) == [1, 2, 6])
    #expect(try writer.versions(of: "h").map(\.version) == [4, 5, 7])
    #expect(try store.python("print(db.execute('PRAGMA foreign_key_check').fetchall())") == "[]")
  }

  @Test func whatWentLeavesItsNumberDigestTimesAndNotes() throws {
    let writer = try store.writer(ofVersionsFrom: [nil, nil])
    let gone = try writer.version(1, of: "h")
    try writer.note("too old", on: 1, of: "h")
    _ = try writer.prune("h", keeping: 1)
    let left = try #require(try writer.prunedVersions(of: "h").first)
    #expect((left.head, left.version, left.digest, left.created) == ("h", 1, gone.digest, gone.created))
    #expect(left.pruned >= left.created && left.notes.map(\.text) == ["too old"])
    #expect(storeError { try writer.version(1, of: "h") } == .versionPruned(left))
    #expect(storeError { try writer.promote(1, of: "h", to: "champion") } == .versionPruned(left))
    #expect(storeError { try writer.tag(1, of: "h", with: ["a"]) } == .versionPruned(left))
    #expect(try writer.append(.example(weights: [9])).version == 3)
  }

  @Test func aParentIsAVersionOfTheSameHead() throws {
    let writer = try store.writer(ofVersionsFrom: [nil, 1])
    #expect(try writer.versions(of: "h").map(\.parent) == [nil, 1])
    for parent in [3, 4] {
      #expect(
        storeError { try writer.append(.example(weights: [9], parent: parent)) }
          == .notFound(what: "head version", name: "h@\(parent)", near: []))
    }
    #expect(
      storeError { try writer.append(.example("g", weights: [9], parent: 1)) }
        == .notFound(what: "head version", name: "g@1", near: []))
    #expect(try writer.heads().map(\.name) == ["h"])
  }

  @Test func nobodyElseTakesAVersionAwayOrGivesItsNumberAgain() throws {
    _ = try store.writer(ofVersionsFrom: [nil, nil]).prune("h", keeping: 1)
    for (statement, message) in [
      ("DELETE FROM head_version", "a head version goes only with its head"),
      ("UPDATE pruned_version SET version = 7", "what was pruned stays pruned"),
      ("DELETE FROM pruned_version", "what was pruned stays pruned"),
      (
        """
        INSERT INTO head_version SELECT NULL, head, 1, NULL, digest, specification, backbone, fingerprint, dataset, revision,
          rows_digest, metrics, environment, created, weights FROM head_version
        """, "a version's number is never given twice"
      ),
    ] {
      #expect(try store.refusal(of: statement) == message)
    }
  }

  @Test func theRestGoesWithTheHead() throws {
    let writer = try store.writer(ofVersionsFrom: [nil, nil, 2])
    _ = try writer.prune("h", keeping: 1)
    try writer.removeHead(named: "h")
    #expect(try writer.append(.example(weights: [1])).version == 1)
    #expect(try store.python("print(db.execute('SELECT count(*) FROM pruned_version').fetchone())") == "(0,)")
  }
}
