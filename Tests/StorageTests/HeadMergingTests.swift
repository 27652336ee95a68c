import Testing

@testable import Storage

/// Parents, pruned versions, notes and tags in stores that are merged.
@Suite struct HeadMergingTests {
  let (here, there): (TemporaryStore, TemporaryStore)

  init() throws {
    (here, there) = (try TemporaryStore(), try TemporaryStore())
  }

  /// Merges `there` into `here`; what is new.
  @discardableResult
  private func merge() throws -> MergeSummary {
    try here.writer().merge(there.reader(), command: "merge")
  }

  private func conflicts() -> [String] {
    guard case .conflicts(_, _, let reasons) = storeError({ try merge() }) else { return [] }
    return reasons
  }

  @Test func allComesAlong() throws {
    let writer = try there.writer(ofVersionsFrom: [nil, nil, 2])
    try writer.promote(2, of: "h", to: "champion")
    try writer.protect("champion", of: "h")
    try writer.promote(3, of: "h", to: "champion", on: .override(reason: "it is better"))
    try writer.note("a note", on: 1, of: "h")
    try writer.tag(3, of: "h", with: ["a", "b"])
    try writer.untag(3, of: "h", from: ["a"])
    _ = try writer.prune("h", keeping: 1)
    #expect(try merge().versions == 2)
    for _ in 0..<2 {
      let reader = try here.reader()
      #expect(try reader.versions(of: "h") == writer.versions(of: "h"))
      #expect(try reader.prunedVersions(of: "h") == writer.prunedVersions(of: "h"))
      #expect(try reader.aliasLog(of: "h") == writer.aliasLog(of: "h"))
      #expect(try reader.annotations(of: "h") == writer.annotations(of: "h"))
      #expect(try merge() == MergeSummary())
    }
    #expect(
      storeError { try here.writer().rollback("champion", of: "h") }
        == .aliasProtected(head: "h", alias: "champion"))
  }

  @Test func whatWasSaidOnBothSidesUnites() throws {
    try there.writer(ofVersionsFrom: [nil]).tag(1, of: "h", with: ["theirs", "both"])
    try merge()
    try here.writer().note("ours", on: 1, of: "h")
    try here.writer().untag(1, of: "h", from: ["both"])
    try there.writer().note("theirs", on: 1, of: "h")
    for _ in 0..<2 {
      try merge()
      let held = try #require(try here.reader().annotations(of: "h")[1])
      #expect(held.notes.map(\.text).sorted() == ["ours", "theirs"] && held.tags == ["theirs"])
    }
  }

  @Test func whatWasPrunedHereDoesNotComeAgain() throws {
    _ = try there.writer(ofVersionsFrom: [nil, nil])
    try merge()
    _ = try here.writer().prune("h", keeping: 1)
    #expect(try merge().versions == 0)
    _ = try there.writer().append(.example(weights: [7]))
    #expect(try merge().versions == 1)
    #expect(try here.reader().versions(of: "h").map(\.version) == [2, 3])
    #expect(try here.reader().prunedVersions(of: "h").map(\.version) == [1])
  }

  @Test func whatWasPrunedThereStaysHere() throws {
    _ = try there.writer(ofVersionsFrom: [nil, nil])
    try merge()
    _ = try there.writer().append(.example(weights: [7]))
    _ = try there.writer().prune("h", keeping: 1)
    #expect(try merge().versions == 1)
    #expect(try here.reader().versions(of: "h").map(\.version) == [1, 2, 3])
    var problems: [StoreProblem] = []
    try here.reader().problems { problems.append($0) }
    #expect(problems == [])
  }

  @Test func whatNeedsAPrunedVersionContradicts() throws {
    _ = try there.writer(ofVersionsFrom: [nil, nil, nil])
    try merge()
    _ = try here.writer().prune("h", keeping: 1)
    try there.writer().promote(1, of: "h", to: "champion")
    _ = try there.writer().append(.example(weights: [7], parent: 2))
    #expect(
      conflicts() == [
        "h@1, which an alias points at, was pruned there",
        "h@2, which a version was made from, was pruned there",
      ])
  }

  @Test func aPrunedVersionIsStillNoOther() throws {
    _ = try there.writer(ofVersionsFrom: [nil, nil]).prune("h", keeping: 1)
    let writer = try here.writer()
    try merge(into: writer)
    try writer.removeHead(named: "h")
    for weights in [[8], [1]] as [[UInt8]] { _ = try writer.append(.example(weights: weights)) }
    guard case .conflicts(_, _, let reasons) = storeError({ try merge(into: writer) }) else {
      Issue.record("they were merged")
      return
    }
    #expect(reasons == ["version 1 of the head “h” is another one there"])
  }

  private func merge(into writer: StoreWriter) throws {
    _ = try writer.merge(there.reader(), command: "merge")
  }
}
