import Datasets
import Digests
import Foundation
import Testing

@testable import Storage

/// Items as they are written and read.
@Suite struct ItemsTests {
  let store: TemporaryStore
  let writer: StoreWriter
  let revision: Revision

  init() throws {
    store = try TemporaryStore()
    writer = try store.writer()
    revision = try writer.beginRevision(of: "d", command: "test")
  }

  @Test func aBatchSaysWhatBecameOfItsItems() throws {
    var counts = try writer.write([Item(id: "a", text: "1"), Item(id: "b", text: "2")], to: revision)
    #expect(counts == ItemCounts(added: 2))
    counts = try writer.write(
      [
        Item(id: "a", text: "1"), Item(id: "b", text: "3"), Item(id: "c", text: "4"),
        Item(id: "c", text: "5"),
      ],
      to: revision)
    #expect(counts == ItemCounts(added: 1, unchanged: 1, replaced: 2))
    _ = try writer.close(revision)
    let next = try writer.beginRevision(of: "d", command: "next")
    counts = try writer.write(
      [Item(id: "a", text: "1", metadata: #"{"k":1}"#), Item(id: "a", text: "9"), Item(id: "b", text: "3")],
      to: next)
    #expect(counts == ItemCounts(changed: 1, unchanged: 1, replaced: 1))
    #expect([try writer.close(next)].map { [$0.added, $0.changed] } == [[0, 1]])
    #expect(try writer.allItems().map { [$0.id, $0.text] } == [["a", "9"], ["b", "3"], ["c", "5"]])
    #expect(try writer.allItems(at: 1).map { [$0.id, $0.text] } == [["a", "1"], ["b", "3"], ["c", "5"]])
  }

  @Test func theLaterOfTwoEqualIdsWinsWhicheverPartDiffers() throws {
    try writer.write(
      [Item(id: "a", text: "1", labels: ["s": .single("x"), "t": .single("x")])], to: revision)
    _ = try writer.close(revision)
    let next = try writer.beginRevision(of: "d", command: "next")
    var counts = try writer.write([Item(id: "a", text: "1", labels: ["s": .single("y")])], to: next)
    #expect(counts == ItemCounts(changed: 1))
    counts = try writer.write([Item(id: "a", text: "1", labels: ["t": .single("y")])], to: next)
    #expect(counts == ItemCounts(replaced: 1))
    counts = try writer.write([Item(id: "a", text: "1", labels: ["t": .single("z")])], to: next)
    #expect(counts == ItemCounts(replaced: 1))
    #expect(try writer.close(next).changed == 1)
    #expect(try writer.allLabels(task: "s") == ["a": .single("y")])
    #expect(try writer.allLabels(task: "t") == ["a": .single("z")])
    #expect(try writer.allLabels(task: "t", at: 1) == ["a": .single("x")])
  }

  @Test func labelsOfTasksThatAnItemDoesNotMentionStay() throws {
    try writer.write([Item(id: "a", text: "1", labels: ["s": .single("x"), "t": .number(2)])], to: revision)
    _ = try writer.close(revision)
    let next = try writer.beginRevision(of: "d", command: "next")
    let counts = try writer.write([Item(id: "a", text: "1", labels: ["s": .single("x")])], to: next)
    #expect(counts == ItemCounts(unchanged: 1))
    #expect(try writer.close(next).number == 1)
    #expect(try writer.allLabels(task: "t") == ["a": .number(2)])
  }

  @Test func itemsComeInTheOrderOfTheBytesOfTheirIds() throws {
    let ids = ["b", "a", "B", "é", "e\u{301}", "z", "10", "9", "😀", "\u{ffff}", "", "a\u{0}b", "a b"]
    try writer.write(ids.map { Item(id: $0, text: "x") }, to: revision)
    _ = try writer.close(revision)
    let sorted = ids.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    #expect(try writer.ids().map { Array($0.utf8) } == sorted)
  }

  @Test func everyLabelComesBackAsItWent() throws {
    let hostile = ["\"", "\\", "\n", "\u{0}", "\u{1f}", "é", "e\u{301}", "😀", "</script>", "[\"a\"]", ""]
    let labels: [String: Label] = [
      "single": .single("e\u{301} \u{0}"), "none": .multiple([]), "many": .multiple(hostile),
      "number": .number(-0.1), "whole": .number(3), "tiny": .number(.leastNonzeroMagnitude),
    ]
    try writer.write([Item(id: "a", text: "x", labels: labels)], to: revision)
    _ = try writer.close(revision)
    for (task, label) in labels { #expect(try writer.allLabels(task: task) == ["a": label]) }
    let json = try store.python(
      """
      import json
      print(json.loads(db.execute("SELECT value FROM labels WHERE task = 'many'").fetchone()[0])
            == ['"', '\\\\', '\\n', '\\0', '\\x1f', '\\xe9', 'e\\u0301', '\\U0001F600', '</script>', '["a"]', ''])
      print(db.execute("SELECT typeof(value) FROM labels WHERE task = 'whole'").fetchone()[0])
      """)
    #expect(json == "True\nreal")
  }

  /// To `String`, both are equal.
  @Test func formsOfOneLetterAreDifferentBytes() throws {
    try writer.write(
      [Item(id: "a", text: "é", labels: ["t": .single("é")], metadata: #"{"k":"é"}"#)], to: revision)
    for (index, item) in [
      Item(id: "a", text: "e\u{301}", labels: ["t": .single("é")], metadata: #"{"k":"é"}"#),
      Item(id: "a", text: "e\u{301}", labels: ["t": .single("e\u{301}")], metadata: #"{"k":"é"}"#),
      Item(id: "a", text: "e\u{301}", labels: ["t": .single("e\u{301}")], metadata: "{\"k\":\"e\u{301}\"}"),
    ].enumerated() {
      #expect(try writer.write([item], to: revision) == ItemCounts(replaced: 1), "step \(index)")
    }
    #expect(try store.python("print(db.execute('SELECT count(*) FROM content').fetchone()[0])") == "2")
  }

  @Test func aLabelOfAnotherKindIsRefusedBeforeAnythingIsWritten() throws {
    try writer.write([Item(id: "a", text: "1", labels: ["t": .single("x")])], to: revision)
    #expect(try writer.taskKinds() == ["t": .singleLabel])
    let error = storeError {
      try writer.write(
        [Item(id: "b", text: "2"), Item(id: "c", text: "3", labels: ["t": .number(1)])], to: revision)
    }
    #expect(error == .labelKind(task: "t", takes: .singleLabel, item: "c", carries: .regression))
    #expect(
      error?.description == "item “c” carries a regression label for the task “t”, which is single-label")
    let within = storeError {
      try writer.write(
        [
          Item(id: "b", text: "2", labels: ["n": .number(1)]),
          Item(id: "c", text: "3", labels: ["n": .single("1")]),
        ],
        to: revision)
    }
    #expect(within == .labelKind(task: "n", takes: .regression, item: "c", carries: .singleLabel))
    _ = try writer.close(revision)
    #expect(try writer.ids() == ["a"])
    #expect(try writer.taskKinds() == ["t": .singleLabel])
  }

  @Test func textsAreStoredOncePerContent() throws {
    let long = String(repeating: "long text with ünïcödé ", count: 500_000)
    try writer.write([Item(id: "a", text: long), Item(id: "b", text: long)], to: revision)
    _ = try writer.close(revision)
    let items = try writer.allItems()
    #expect(items.map(\.text) == [long, long])
    #expect(items.map(\.digest) == [SHA256Digest(of: long), SHA256Digest(of: long)])
    #expect(try store.python("print(db.execute('SELECT count(*) FROM content').fetchone()[0])") == "1")
  }

  @Test func textIsReadOnlyOnRequest() throws {
    try writer.write([Item(id: "a", text: "1", metadata: #"{"k":[1,2]}"#)], to: revision)
    _ = try writer.close(revision)
    var items: [StoredItem] = []
    try writer.items(of: "d") { items.append($0) }
    #expect(items.map(\.text) == [nil])
    #expect(items.map(\.metadata) == [#"{"k":[1,2]}"#])
  }

  @Test func whatABodyThrowsEndsTheReading() throws {
    struct Enough: Error {}
    try writer.write([Item(id: "a", text: "1"), Item(id: "b", text: "1")], to: revision)
    _ = try writer.close(revision)
    var seen = 0
    #expect(throws: Enough.self) {
      try writer.items(of: "d") { _ in
        seen += 1
        throw Enough()
      }
    }
    #expect(seen == 1)
    #expect(try writer.ids() == ["a", "b"])
  }

  @Test func aBodyMayReadOtherItems() throws {
    try writer.write([Item(id: "a", text: "1"), Item(id: "b", text: "1")], to: revision)
    _ = try writer.close(revision)
    var pairs = 0
    try writer.items(of: "d") { _ in try writer.items(of: "d") { _ in pairs += 1 } }
    #expect(pairs == 4)
  }

  @Test func theViewsShowTheNewestReadableRevision() throws {
    try writer.write(
      [Item(id: "a", text: "1", labels: ["t": .single("x")], metadata: #"{"k":1}"#)], to: revision)
    let view =
      "print(db.execute('SELECT * FROM items').fetchall(), db.execute('SELECT * FROM labels').fetchall())"
    #expect(try store.python(view) == "[] []")
    _ = try writer.close(revision)
    #expect(try store.python(view) == #"[('d', 'a', '1', '{"k":1}')] [('d', 'a', 't', 'x')]"#)
    let next = try writer.beginRevision(of: "d", command: "next")
    try writer.write([Item(id: "a", text: "2", labels: ["t": .single("y")])], to: next)
    #expect(try store.python(view) == #"[('d', 'a', '1', '{"k":1}')] [('d', 'a', 't', 'x')]"#)
    _ = try writer.close(next)
    #expect(try store.python(view) == "[('d', 'a', '2', '{}')] [('d', 'a', 't', 'y')]")
  }
}

extension ItemCounts {
  init(added: Int = 0, changed: Int = 0, unchanged: Int = 0, replaced: Int = 0) {
    self.init()
    (self.added, self.changed, self.unchanged, self.replaced) = (added, changed, unchanged, replaced)
  }
}
