import Datasets
import Testing

@testable import Storage

/// Notes and tags of versions, which never touch the versions themselves.
@Suite struct HeadAnnotationsTests {
  let store: TemporaryStore
  let writer: StoreWriter

  init() throws {
    store = try TemporaryStore()
    writer = try store.writer(ofVersionsFrom: [nil, nil])
  }

  @Test func notesStayInTheirOrder() throws {
    let before = try writer.version(1, of: "h")
    for text in ["first", "second", "first"] { try writer.note(text, on: 1, of: "h") }
    #expect(try writer.annotations(of: "h")[1]?.notes.map(\.text) == ["first", "second", "first"])
    #expect(try writer.annotations(of: "h")[2] == nil)
    #expect(try writer.version(1, of: "h") == before)
  }

  @Test func tagsComeAndGoAndComeAgain() throws {
    try writer.tag(1, of: "h", with: ["b", "a", "b"])
    try writer.tag(2, of: "h", with: ["a"])
    #expect(try writer.annotations(of: "h")[1]?.tags == ["a", "b"])
    try writer.untag(1, of: "h", from: ["a"])
    #expect(try writer.annotations(of: "h").mapValues(\.tags) == [1: ["b"], 2: ["a"]])
    try writer.tag(1, of: "h", with: ["a"])
    #expect(
      try store.python("print(db.execute('SELECT head, version, tag FROM tags ORDER BY 2, 3').fetchall())")
        == "[('h', 1, 'a'), ('h', 1, 'b'), ('h', 2, 'a')]")
  }

  @Test func tagsAreTakenAllOrNone() throws {
    try writer.tag(1, of: "h", with: ["good", "fast"])
    #expect(
      storeError { try writer.untag(1, of: "h", from: ["fast", "goood"]) }
        == .notFound(what: "tag of h@1", name: "goood", near: ["good"]))
    #expect(try writer.annotations(of: "h")[1]?.tags == ["fast", "good"])
  }

  @Test func tagsAreNames() throws {
    for tag in ["", "a@b", "a\nb"] {
      guard case .badName = storeError({ try writer.tag(1, of: "h", with: ["good", tag]) }) else {
        Issue.record("“\(tag)” became a tag")
        return
      }
    }
    #expect(try writer.annotations(of: "h").isEmpty)
  }

  @Test func whatIsNotThereIsNotAnnotated() throws {
    let missing = StoreError.notFound(what: "head version", name: "h@3", near: [])
    #expect(storeError { try writer.note("n", on: 3, of: "h") } == missing)
    #expect(storeError { try writer.tag(3, of: "h", with: ["a"]) } == missing)
    #expect(storeError { try writer.untag(3, of: "h", from: ["a"]) } == missing)
  }

  @Test func nobodyChangesWhatWasSaid() throws {
    try writer.note("said", on: 1, of: "h")
    for statement in ["UPDATE head_annotation SET text = 'other'", "DELETE FROM head_annotation"] {
      #expect(try store.refusal(of: statement) == "notes and tags are append-only")
    }
  }

  @Test func theyGoWithTheirHead() throws {
    try writer.note("said", on: 1, of: "h")
    try writer.tag(2, of: "h", with: ["a"])
    try writer.removeHead(named: "h")
    #expect(
      try store.python("print(db.execute('SELECT count(*) FROM head_annotation').fetchone())") == "(0,)")
  }
}
