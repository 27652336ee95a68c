import Datasets
import Digests
import Foundation
import Testing

@testable import Storage

/// Heads, their immutable versions, and the aliases that move over them.
@Suite struct HeadsTests {
  let store: TemporaryStore
  let writer: StoreWriter

  init() throws {
    store = try TemporaryStore()
    try store.extract([Item(id: "a", text: "1", labels: ["t": .single("x"), "other": .number(1)])])
    writer = try store.writer()
  }

  private func draft(_ head: String = "h", task: String = "t", weights: [UInt8] = [1, 2, 3])
    -> HeadVersionDraft
  {
    HeadVersionDraft(
      head: head, task: task, digest: SHA256Digest(of: weights), specification: #"{"method":"ridge"}"#,
      backbone: "b",
      fingerprint: SHA256Digest(of: "b"), dataset: "d", revision: 1, rowsDigest: SHA256Digest(of: "rows"),
      weights: weights, metrics: #"{"accuracy":0.5}"#, environment: #"{"cpu":"x"}"#)
  }

  @Test func versionsAreNumberedInTheirHead() throws {
    let first = try writer.append(draft())
    #expect(first.version == 1)
    #expect(try writer.append(draft(weights: [4])).version == 2)
    #expect(try writer.append(draft("g", task: "other")).version == 1)
    #expect(try writer.heads().map(\.name) == ["g", "h"])
    #expect(try writer.heads().map(\.versions) == [1, 2])
    #expect(try writer.versions(of: "h").map(\.version) == [1, 2])
    #expect(try writer.newestVersion(of: "h").version == 2)
    #expect(try writer.weights(of: try writer.version(2, of: "h")) == [4])
    #expect(try writer.version(1, of: "h") == first)
    let copy = draft()
    #expect(
      [
        first.head, first.task, first.specification, first.backbone, first.dataset, first.metrics,
        first.environment,
      ]
        == [
          copy.head, copy.task, copy.specification, copy.backbone, copy.dataset, copy.metrics,
          copy.environment,
        ])
    #expect(
      [first.digest, first.fingerprint, first.rowsDigest] == [copy.digest, copy.fingerprint, copy.rowsDigest])
  }

  @Test func aHeadIsBoundToItsTask() throws {
    _ = try writer.append(draft())
    #expect(
      storeError { try writer.append(draft(task: "other")) } == .headTask(head: "h", task: "t", not: "other"))
  }

  @Test func aVersionNeedsTaskAndRevision() throws {
    #expect(
      storeError { try writer.append(draft(task: "tt")) } == .notFound(what: "task", name: "tt", near: ["t"]))
    var other = draft()
    other.revision = 2
    #expect(storeError { try writer.append(other) } == .noRevision(dataset: "d", number: 2))
    other.dataset = "e"
    #expect(storeError { try writer.append(other) } == .notFound(what: "dataset", name: "e", near: ["d"]))
    #expect(try writer.heads().isEmpty)
  }

  @Test func aVersionNeverChangesWhoeverTries() throws {
    _ = try writer.append(draft())
    try writer.promote(1, of: "h", to: "champion")
    for (statement, message) in [
      ("UPDATE head_version SET metrics = '{}'", "a head version never changes"),
      ("DELETE FROM head_version", "a head version goes only with its head"),
      ("UPDATE alias_log SET version = 1", "the alias log is append-only"),
      ("DELETE FROM alias_log", "the alias log is append-only"),
    ] {
      #expect(try store.refusal(of: statement) == message)
    }
  }

  @Test func aliasesMoveAndTheLogKeepsEveryMove() throws {
    for weight in 1...4 as ClosedRange<UInt8> { _ = try writer.append(draft(weights: [weight])) }
    for version in 1...3 { try writer.promote(version, of: "h", to: "champion") }
    try writer.promote(1, of: "h", to: "stable")
    #expect(try writer.aliases(of: "h").map(\.alias) == ["champion", "stable"])
    #expect(try writer.aliases(of: "h").map(\.version) == [3, 1])
    #expect(try writer.version(aliased: "champion", of: "h").version == 3)
    #expect(try writer.rollback("champion", of: "h").version == 2)
    #expect(try writer.rollback("champion", of: "h").version == 1)
    #expect(
      storeError { try writer.rollback("champion", of: "h") }
        == .nothingToRollBackTo(head: "h", alias: "champion"))
    let log = try writer.aliasLog(of: "h").filter { $0.alias == "champion" }
    #expect(log.map(\.version) == [1, 2, 3, 2, 1])
    #expect(log.map(\.reason) == [.promote, .promote, .promote, .rollback, .rollback])
    #expect(
      try store.python(
        "print(db.execute('SELECT head, alias, version FROM aliases ORDER BY alias').fetchall())")
        == "[('h', 'champion', 1), ('h', 'stable', 1)]")
  }

  @Test func aPromotionAfterARollbackRollsBackToWhatStoodThen() throws {
    for weight in 1...4 as ClosedRange<UInt8> { _ = try writer.append(draft(weights: [weight])) }
    for version in 1...3 { try writer.promote(version, of: "h", to: "champion") }
    try writer.rollback("champion", of: "h")
    try writer.promote(4, of: "h", to: "champion")
    #expect(try writer.rollback("champion", of: "h").version == 2)
    #expect(try writer.rollback("champion", of: "h").version == 1)
  }

  @Test func promotingWhatIsPromotedChangesNothing() throws {
    for weight in 1...2 as ClosedRange<UInt8> { _ = try writer.append(draft(weights: [weight])) }
    for version in [1, 2, 2, 2] { try writer.promote(version, of: "h", to: "champion") }
    #expect(try writer.aliasLog(of: "h").count == 2)
    #expect(try writer.rollback("champion", of: "h").version == 1)
  }

  @Test func aRemovedAliasStartsAnew() throws {
    for weight in 1...2 as ClosedRange<UInt8> { _ = try writer.append(draft(weights: [weight])) }
    try writer.promote(1, of: "h", to: "champion")
    #expect(try writer.removeAlias("champion", of: "h").version == nil)
    #expect(try writer.aliases(of: "h").isEmpty)
    try writer.promote(2, of: "h", to: "champion")
    #expect(throws: StoreError.nothingToRollBackTo(head: "h", alias: "champion")) {
      try writer.rollback("champion", of: "h")
    }
    #expect(try writer.aliasLog(of: "h").map(\.reason) == [.promote, .remove, .promote])
  }

  @Test func wrongNamesAreSaid() throws {
    _ = try writer.append(draft())
    try writer.promote(1, of: "h", to: "champion")
    #expect(
      storeError { try writer.version(aliased: "champoin", of: "h") }
        == .notFound(what: "alias of the head “h”", name: "champoin", near: ["champion"]))
    #expect(
      storeError { try writer.promote(7, of: "h", to: "x") }
        == .notFound(what: "head version", name: "h@7", near: []))
    #expect(storeError { try writer.head(named: "x") } == .notFound(what: "head", name: "x", near: ["h"]))
    #expect(throws: StoreError.nothingToRollBackTo(head: "h", alias: "none")) {
      try writer.rollback("none", of: "h")
    }
  }

  @Test func aHeadOutlivesItsBackbone() throws {
    let backbone = try writer.addBackbone("b")
    let version = try writer.append(draft())
    try writer.removeBackbone(named: backbone.name)
    #expect(try writer.version(1, of: "h") == version)
  }

  @Test func aHeadGoesWithItsVersionsAndItsLog() throws {
    for head in ["h", "g"] {
      _ = try writer.append(draft(head))
      try writer.promote(1, of: head, to: "champion")
    }
    try writer.removeHead(named: "h")
    #expect(try writer.heads().map(\.name) == ["g"])
    #expect(try writer.aliases(of: "g").map(\.version) == [1])
    #expect(
      try store.python(
        """
        print(db.execute('SELECT (SELECT count(*) FROM head_version), (SELECT count(*) FROM alias_log)').fetchone(),
              db.execute('PRAGMA foreign_key_check').fetchall())
        """) == "(1, 1) []")
  }
}
