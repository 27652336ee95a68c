import Testing

@testable import Storage

/// Aliases that move only on a ground that allows it.
@Suite struct ProtectedAliasTests {
  let store: TemporaryStore
  let writer: StoreWriter
  private let refusal = StoreError.aliasProtected(head: "h", alias: "champion")

  init() throws {
    store = try TemporaryStore()
    writer = try store.writer(ofVersionsFrom: [nil, nil, nil])
    for version in 1...2 { try writer.promote(version, of: "h", to: "champion") }
  }

  @Test func aProtectedAliasStaysWithoutAGround() throws {
    #expect(try writer.protect("champion", of: "h").reason == .protect)
    #expect(storeError { try writer.promote(3, of: "h", to: "champion") } == refusal)
    #expect(
      storeError { try writer.promote(3, of: "h", to: "champion", on: .ordinary(note: "please")) } == refusal)
    #expect(storeError { try writer.rollback("champion", of: "h") } == refusal)
    #expect(storeError { try writer.removeAlias("champion", of: "h") } == refusal)
    #expect(try writer.aliases(of: "h").map(\.version) == [2])
    // Where it points already it may be pointed, and others are free.
    try writer.promote(2, of: "h", to: "champion")
    try writer.promote(3, of: "h", to: "candidate")
  }

  @Test func theLogKeepsWhyItMoved() throws {
    try writer.promote(3, of: "h", to: "champion", on: .override(reason: "needed by none"))
    try writer.protect("champion", of: "h")
    try writer.rollback("champion", of: "h", on: .override(reason: "it is slow"))
    try writer.promote(3, of: "h", to: "champion", on: .override(reason: "fast again"))
    try writer.protect("champion", of: "h", false)
    try writer.promote(1, of: "h", to: "champion", on: .ordinary(note: "the old one"))
    let log = try writer.aliasLog(of: "h").dropFirst(2)
    #expect(log.map(\.version) == [3, 3, 2, 3, 3, 1])
    #expect(log.map(\.reason) == [.promote, .protect, .rollback, .promote, .unprotect, .promote])
    #expect(log.map(\.note) == ["needed by none", nil, "it is slow", "fast again", nil, "the old one"])
    #expect(log.map(\.allowedBy) == [nil, nil, .override, .override, nil, nil])
  }

  @Test func protectingIsNoPromotionToRollBackTo() throws {
    for isProtected in [true, true, false, false] { try writer.protect("champion", of: "h", isProtected) }
    #expect(try writer.aliasLog(of: "h").map(\.reason) == [.promote, .promote, .protect, .unprotect])
    #expect(try writer.rollback("champion", of: "h").version == 1)
    #expect(
      storeError { try writer.rollback("champion", of: "h") }
        == .nothingToRollBackTo(head: "h", alias: "champion"))
  }

  @Test func aRemovedAliasIsFreeWhenItComesAgain() throws {
    try writer.protect("champion", of: "h")
    #expect(try writer.removeAlias("champion", of: "h", on: .override(reason: "done")).allowedBy == .override)
    for version in [1, 2] { try writer.promote(version, of: "h", to: "champion") }
    #expect(try writer.aliases(of: "h").map(\.version) == [2])
  }

  @Test func anAliasThatIsNotThereIsNotProtected() {
    #expect(
      storeError { try writer.protect("champoin", of: "h") }
        == .notFound(what: "alias of the head “h”", name: "champoin", near: ["champion"]))
  }

  @Test func aHeadWithAProtectedAliasStays() throws {
    try writer.protect("champion", of: "h")
    #expect(
      storeError { try writer.removeHead(named: "h") } == .headProtected(head: "h", aliases: ["champion"]))
    try writer.protect("champion", of: "h", false)
    try writer.removeHead(named: "h")
    #expect(try writer.heads().isEmpty)
  }
}
