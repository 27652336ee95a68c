import Datasets
import Foundation
import Testing

@testable import Storage

/// Datasets grow by revisions, and every past one can be read.
@Suite struct RevisionsTests {
  let store: TemporaryStore

  init() throws {
    store = try TemporaryStore()
  }

  @Test func everyPastRevisionReadsAsItWas() throws {
    try store.extract([Item(id: "a", text: "1"), Item(id: "b", text: "1", labels: ["t": .single("x")])])
    try store.extract([Item(id: "a", text: "2"), Item(id: "c", text: "3", metadata: #"{"k":1}"#)])
    try store.extract([Item(id: "b", text: "1", labels: ["t": .single("y")])])
    let reader = try store.reader()
    #expect(try reader.allItems(at: 1).map { [$0.id, $0.text] } == [["a", "1"], ["b", "1"]])
    #expect(try reader.allItems(at: 2).map { [$0.id, $0.text] } == [["a", "2"], ["b", "1"], ["c", "3"]])
    #expect(try reader.allItems(at: 3) == reader.allItems(at: 2))
    #expect(try reader.allLabels(task: "t", at: 1) == ["b": .single("x")])
    #expect(try reader.allLabels(task: "t", at: 2) == ["b": .single("x")])
    #expect(try reader.allLabels(task: "t") == ["b": .single("y")])
    let log = try reader.revisions(of: "d")
    #expect(log.map(\.number) == [3, 2, 1])
    #expect(log.map { [$0.added, $0.changed, $0.removed] } == [[0, 1, 0], [1, 1, 0], [2, 0, 0]])
    #expect(log.allSatisfy { $0.state == .closed && $0.command == "test" })
  }

  @Test func aLabelEndsWhenItIsTakenAwayOrItsTextChanges() throws {
    try store.extract([
      Item(id: "a", text: "1", labels: ["t": .single("x"), "u": .number(1)]),
      Item(id: "b", text: "2", labels: ["t": .single("x")]),
    ])
    // One taken away, one not mentioned on the same text; one not mentioned on another text.
    try store.extract([Item(id: "a", text: "1", labels: ["t": nil]), Item(id: "b", text: "other")])
    let reader = try store.reader()
    #expect(try reader.allLabels(task: "t") == [:])
    #expect(try reader.allLabels(task: "u") == ["a": .number(1)])
    #expect(try reader.allLabels(task: "t", at: 1) == ["a": .single("x"), "b": .single("x")])
    #expect(try reader.latestRevision(of: "d").changed == 2)
    // Within one revision the later row counts as well.
    try store.extract([
      Item(id: "c", text: "3", labels: ["t": .single("x"), "u": .number(2)]),
      Item(id: "c", text: "4", labels: ["u": nil]),
    ])
    #expect(try store.reader().allLabels(task: "t") == [:])
    #expect(try store.reader().allLabels(task: "u") == ["a": .number(1)])
  }

  @Test func anExtractionThatChangesNothingMakesNoRevision() throws {
    let items = [Item(id: "a", text: "1", labels: ["t": .multiple(["x", "y"]), "n": .number(0.5)])]
    let first = try store.extract(items)
    let second = try store.extract(items)
    #expect(second == first)
    #expect(second.number == 1)
    #expect(try store.reader().revisions(of: "d").count == 1)
  }

  @Test func aFirstRevisionStandsThoughEmpty() throws {
    let revision = try store.extract([])
    #expect(revision.number == 1)
    #expect(try store.reader().ids().isEmpty)
  }

  @Test func readersDoNotSeeAnOpenRevision() throws {
    let writer = try store.writer()
    let first = try writer.beginRevision(of: "d", command: "1")
    try writer.write([Item(id: "a", text: "1")], to: first)
    let reader = try store.reader()
    #expect(storeError { try reader.ids() } == .noRevision(dataset: "d", number: 0))
    #expect(storeError { try reader.ids(at: 1) } == .noRevision(dataset: "d", number: 1))
    #expect(try reader.dataset(named: "d").revision == nil)
    _ = try writer.close(first)
    let second = try writer.beginRevision(of: "d", command: "2")
    try writer.write([Item(id: "a", text: "2"), Item(id: "b", text: "2")], to: second)
    #expect(try reader.allItems().map { [$0.id, $0.text] } == [["a", "1"]])
    #expect(storeError { try reader.ids(at: 2) } == .noRevision(dataset: "d", number: 2))
    _ = try writer.close(second)
    #expect(try reader.allItems().map { [$0.id, $0.text] } == [["a", "2"], ["b", "2"]])
  }

  @Test func aRevisionWhoseWriterDiedIsInterruptedAndStands() throws {
    do {
      let writer = try store.writer()
      let revision = try writer.beginRevision(of: "d", command: "died")
      try writer.write([Item(id: "a", text: "1")], to: revision)
    }
    let writer = try store.writer()
    #expect(try writer.latestRevision(of: "d").state == .interrupted)
    #expect(try writer.ids() == ["a"])
    let again = try writer.beginRevision(of: "d", command: "again")
    let counts = try writer.write([Item(id: "a", text: "1"), Item(id: "b", text: "2")], to: again)
    #expect(counts == ItemCounts(added: 1, unchanged: 1))
    #expect(try writer.close(again).number == 2)
  }

  @Test func aRevisionWhoseWriterDiedBeforeItWroteIsGone() throws {
    try store.extract([Item(id: "a", text: "1")])
    do { _ = try store.writer().beginRevision(of: "d", command: "died") }
    let writer = try store.writer()
    #expect(try writer.revisions(of: "d").map(\.number) == [1])
    #expect(try writer.latestRevision(of: "d").state == .closed)
  }

  @Test func aClosedRevisionTakesNoMore() throws {
    let writer = try store.writer()
    let revision = try writer.beginRevision(of: "d", command: "1")
    _ = try writer.close(revision)
    #expect(
      storeError { try writer.write([Item(id: "a", text: "1")], to: revision) }
        == .revisionNotOpen(dataset: "d", number: 1))
    #expect(try writer.ids().isEmpty)
  }

  @Test func datasetsDoNotSeeEachOther() throws {
    try store.extract([Item(id: "a", text: "1")], into: "first")
    try store.extract([Item(id: "a", text: "2"), Item(id: "b", text: "1")], into: "second")
    let reader = try store.reader()
    #expect(try reader.allItems(of: "first").map(\.text) == ["1"])
    #expect(try reader.allItems(of: "second").map(\.text) == ["2", "1"])
    #expect(try reader.datasets().map(\.items) == [1, 2])
    #expect(try reader.allItems(of: "first")[0].content == reader.allItems(of: "second")[1].content)
  }

  @Test func aWrongNameSuggestsTheRightOne() throws {
    try store.extract([Item(id: "a", text: "1")], into: "debian")
    let error = storeError { try store.reader().dataset(named: "debain") }
    #expect(error == .notFound(what: "dataset", name: "debain", near: ["debian"]))
    #expect(error?.description == "there is no dataset “debain”; did you mean “debian”?")
  }

  @Test func aSummaryCountsItemsAndLabels() throws {
    try store.extract([
      Item(id: "a", text: "1", labels: ["t": .single("x"), "n": .number(1)]),
      Item(id: "b", text: "1", labels: ["t": .single("x"), "m": .multiple([])]),
    ])
    let summary = try store.reader().dataset(named: "d")
    #expect(summary.items == 2)
    #expect(summary.revision == 1)
    #expect(summary.tasks.map(\.task) == ["m", "n", "t"])
    #expect(summary.tasks.map(\.kind) == [.multiLabel, .regression, .singleLabel])
    #expect(summary.tasks.map(\.items) == [1, 1, 2])
    #expect(try store.reader().tasks().map(\.name) == ["m", "n", "t"])
  }
}
