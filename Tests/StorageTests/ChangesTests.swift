import Datasets
import Testing

@testable import Storage

/// What differs between two revisions.
@Suite struct ChangesTests {
  let store: TemporaryStore

  init() throws {
    store = try TemporaryStore()
  }

  private func changes(from before: Int, to after: Int? = nil) throws -> [ItemChange] {
    var found: [ItemChange] = []
    try store.reader().changes(of: "d", from: before, to: after) { found.append($0) }
    return found
  }

  @Test func eachItemThatDiffersIsToldWithWhatItHeldAndHolds() throws {
    let a1 = Item(id: "a", text: "1", labels: ["t": .single("x"), "n": .number(1)])
    let b1 = Item(id: "b", text: "2", metadata: #"{"k":1}"#)
    try store.extract([a1, b1, Item(id: "same", text: "3", labels: ["t": .single("x")])])
    let b2 = Item(id: "b", text: "2", metadata: #"{"k":2}"#)
    let c2 = Item(id: "c", text: "4", labels: ["m": .multiple(["u", "v"])])
    try store.extract([Item(id: "a", text: "1", labels: ["t": .single("y")]), b2, c2])
    try store.extract([Item(id: "a", text: "other", labels: ["t": .single("x"), "n": .number(1)])])

    let a2 = Item(id: "a", text: "1", labels: ["t": .single("y"), "n": .number(1)])
    let a3 = Item(id: "a", text: "other", labels: ["t": .single("x"), "n": .number(1)])
    let first = try changes(from: 1, to: 2)
    #expect(
      first == [
        ItemChange(before: a1, after: a2), ItemChange(before: b1, after: b2),
        ItemChange(before: nil, after: c2),
      ])
    #expect(first.map(\.kind) == [.changed, .changed, .added])
    #expect(first.map(\.tasks) == [["t"], [], ["m"]])
    #expect(first.map(\.id) == ["a", "b", "c"])
    #expect(try changes(from: 2) == [ItemChange(before: a2, after: a3)])
    // A label that went and came again is no change, whatever rows it left.
    #expect(try changes(from: 1, to: 3)[0] == ItemChange(before: a1, after: a3))
    #expect(try changes(from: 1, to: 3)[0].tasks == [])
    #expect(try changes(from: 3, to: 3).isEmpty)
    let back = try changes(from: 2, to: 1)
    #expect(back == first.map { ItemChange(before: $0.after, after: $0.before) })
    #expect(back.map(\.kind) == [.changed, .changed, .removed])
    #expect(storeError { try changes(from: 4) } == .noRevision(dataset: "d", number: 4))
  }
}
