import Firn
import Foundation
import Testing

/// Where a version comes from, and what may explain that training it again gives other bytes.
struct HeadLineageTests {
  let place: TemporaryStore
  var store: Store { place.store }

  init() throws {
    place = try TemporaryStore()
    try place.extract((0..<60).map { Examples.row($0) })
    try train()
  }

  @discardableResult
  private func train() throws -> HeadVersion {
    try store.train("h", for: "section", on: "d", with: "tiny", using: .ridge(penalty: 1))
  }

  @Test func `It begins with the first revision and ends with the one trained on`() throws {
    try place.extract((60..<70).map { Examples.row($0) })
    try train()
    try place.extract((70..<80).map { Examples.row($0) })
    let lineage = try store.lineage(of: "h@2")
    #expect(lineage.source.revisions.map(\.number) == [1, 2])
    #expect(lineage.source.revisions.map(\.added) == [60, 10])
    #expect(lineage.source.forgotten == 0 && lineage.parents.isEmpty)
    #expect(lineage.backbone?.location == TemporaryStore.model().path)
    #expect(try store.lineage(of: "h@1").source.revisions.map(\.number) == [1])
  }

  @Test func `What was dropped since is counted`() throws {
    for start in [60, 70] { try place.extract((start..<start + 10).map { Examples.row($0) }) }
    try train()
    try store.removeHead(named: "h")
    let version = try train()
    _ = try store.forgetRevisions(of: "d", before: 3)
    let lineage = try store.lineage(of: version.reference)
    #expect(lineage.source.revisions.map(\.number) == [3] && lineage.source.forgotten == 2)
  }

  @Test func `A backbone is found by its fingerprint, and missed when it is gone`() throws {
    try store.removeBackbone(named: "tiny")
    #expect(try store.lineage(of: "h").backbone == nil)
    try store.addBackbone(at: TemporaryStore.model().path, named: "small")
    #expect(try store.lineage(of: "h").backbone?.name == "small")
  }

  @Test func `Parents are followed to the first`() throws {
    for _ in 0..<3 { try train() }
    try place.sqlite(
      """
      DROP TRIGGER head_version_is_immutable;
      UPDATE head_version SET parent = 1 WHERE version = 3; UPDATE head_version SET parent = 3 WHERE version = 4
      """)
    #expect(try store.lineage(of: "h@4").parents.map(\.number) == [3, 1])
    #expect(try store.lineage(of: "h@2").parents.isEmpty)
    #expect(try store.version("h@4").parent == 3)
  }

  @Test func `Each part of the environment that differs is a possible cause`() throws {
    let change = """
      DROP TRIGGER head_version_is_immutable; UPDATE head_version SET environment = json_set(environment,
        '$.firn', '0.0.1', '$.kernels', 'abacus', '$.blas', 'logarithm tables')
      """
    try place.sqlite(change)
    // All is the same bytes, so there is nothing to explain.
    #expect(try store.verifyHead("h").differences == [])
    try place.sqlite("UPDATE head_version SET weights = CAST(weights || x'00' AS BLOB)")
    let causes = try store.verifyHead("h").differences.filter { $0.hasPrefix("a possible cause: ") }
    #expect(causes.count == 3)
    for (what, then, here) in [
      ("Firn", "0.0.1", Store.softwareVersion), ("the kernels", "abacus", ArithmeticUnits.kernels),
      ("BLAS", "logarithm tables", ArithmeticUnits.blas),
    ] {
      #expect(causes.contains { $0.contains(what) && $0.contains(then) && $0.contains(here) }, "\(causes)")
    }
  }

  @Test func `In the same environment no cause is named`() throws {
    try place.sqlite(
      "DROP TRIGGER head_version_is_immutable; UPDATE head_version SET weights = CAST(weights || x'00' AS BLOB)"
    )
    let differences = try store.verifyHead("h").differences
    #expect(!differences.isEmpty && !differences.contains { $0.contains("cause") })
  }
}
