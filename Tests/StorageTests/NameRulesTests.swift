import Testing

@testable import Storage

/// What is named once must be nameable again: `HEAD@VERSION` and `HEAD@ALIAS` read one way only.
@Suite struct NameRulesTests {
  @Test(arguments: ["", "a@b", "a\nb", "\u{1B}[2J"])
  func aNameThatCannotBeWrittenIsRefused(name: String) {
    #expect(throws: StoreError.self) { try NameRules.check(name, of: "head") }
    #expect(throws: StoreError.self) { try NameRules.check(alias: name) }
  }

  @Test(arguments: ["minilm", "all-MiniLM-L6-v2", "日本語", "v 2", "7"])
  func anyOtherNameIsTaken(name: String) throws {
    try NameRules.check(name, of: "head")
  }

  @Test func anAliasIsNoNumber() throws {
    #expect(throws: StoreError.self) { try NameRules.check(alias: "7") }
    try NameRules.check(alias: "v7")
  }

  @Test func datasetsAndBackbonesFollowTheRules() throws {
    let writer = try TemporaryStore().writer()
    #expect(throws: StoreError.self) { try writer.beginRevision(of: "a@b", command: "test") }
  }
}
