import Datasets
import Testing

@testable import Storage

/// Items by their numbers in the store.
@Suite struct NumbersTests {
  let store: TemporaryStore
  let reader: StoreReader
  private static let ids = ["b", "a", "B", "é", "e\u{301}", "😀", "", "a\u{0}b", "10", "9"]

  init() throws {
    store = try TemporaryStore()
    try store.extract(Self.ids.enumerated().map { Item(id: $1, text: "text \($0 % 7)") })
    try store.extract([Item(id: "a", text: "another"), Item(id: "new", text: "text 0")])
    reader = try store.reader()
  }

  @Test(arguments: [
    nil, "text = 'text 0'", "text LIKE '%1' OR id > 'b'", "text IS NULL", "NOT text = 'another'",
  ])
  func standForTheItemsInTheirOrder(filter: String?) throws {
    let filter = try filter.map { try ItemFilter($0) }
    for revision in [1, 2] {
      let numbers = try reader.itemNumbers(of: "d", at: revision, where: filter)
      var items: [StoredItem] = []
      try reader.items(of: "d", at: revision, where: filter, withText: true) { items.append($0) }
      #expect(numbers.map(\.content) == items.map(\.content))
      #expect(
        try reader.ids(of: numbers.map(\.item)).map { Array($0.utf8) } == items.map { Array($0.id.utf8) })
      #expect(try reader.texts(of: numbers.map(\.content)) == items.compactMap(\.text))
    }
    #expect(
      try reader.itemNumbers(of: "d", where: filter) == reader.itemNumbers(of: "d", at: 2, where: filter))
  }

  @Test func areTheSameWhateverOtherDatasetsLieBetween() throws {
    func check() throws {
      let numbers = try store.reader().itemNumbers(of: "d")
      let items = try store.reader().allItems()
      #expect(numbers.map(\.content) == items.map(\.content))
    }
    try store.extract([Item(id: "a", text: "theirs")], into: "other")
    try store.extract([Item(id: "between", text: "text 3")])
    try check()
    try store.extract((0..<200).map { Item(id: "\($0)", text: "theirs") }, into: "other")
    try store.extract([Item(id: "far", text: "text 4")])
    try check()
    // One that is gone has no numbers.
    let writer = try store.writer()
    try writer.rememberItems()
    let revision = try writer.beginRevision(of: "d", command: "test")
    try writer.write([Item(id: "a", text: "1"), Item(id: "far", text: "2")], to: revision)
    #expect(try writer.removeUnwrittenItems(in: revision) == 11)
    _ = try writer.close(revision)
    try check()
    #expect(try store.reader().itemNumbers(of: "d").count == 2)
  }

  @Test func belongToOneItemEach() throws {
    let numbers = try reader.itemNumbers(of: "d", at: 1)
    let ids = try reader.ids(of: numbers.map(\.item))
    for (id, number) in zip(ids, numbers) {
      #expect(try reader.numbers(ofItem: id, in: "d", at: 1) == number)
    }
    let changed = try reader.numbers(ofItem: "a", in: "d")
    #expect(try changed.map { try reader.texts(of: [$0.content]) } == ["another"])
    #expect(try changed?.item == reader.numbers(ofItem: "a", in: "d", at: 1)?.item)
    #expect(try reader.numbers(ofItem: "new", in: "d", at: 1) == nil)
    #expect(try reader.numbers(ofItem: "A", in: "d") == nil)
  }

  @Test func thatNothingHasAreAnError() {
    #expect(
      storeError { try reader.ids(of: [1, 99]) } == .notFound(what: "item", name: "99", near: []))
    #expect(
      storeError { try reader.texts(of: [99, 1]) } == .notFound(what: "content", name: "99", near: []))
  }
}
