import Datasets
import Foundation
import Testing

@testable import Storage

/// The language of `--where`.
@Suite struct ItemFilterTests {
  let store: TemporaryStore
  let reader: StoreReader

  init() throws {
    store = try TemporaryStore()
    try store.extract([
      Item(
        id: "a", text: "A game of chess",
        labels: ["section": .single("games"), "tags": .multiple(["x", "y"])],
        metadata: #"{"big":9007199254740993,"free":true,"odd \"name\"":1,"year":1999}"#),
      Item(
        id: "b", text: "An editor", labels: ["section": .single("editors"), "tags": .multiple([])],
        metadata: #"{"free":false,"year":"2005"}"#),
      Item(
        id: "c", text: "It's \"quoted\"", labels: ["section": .single("games"), "size": .number(2.5)],
        metadata: #"{"free":null,"text":"shadow","year":"unknown"}"#),
      Item(
        id: "d", text: "100%",
        labels: ["size": .number(-10), "tags": .multiple(["y", "'; DROP TABLE item; --"])],
        metadata: #"{"x.y":"dotted","year":2010.5}"#),
    ])
    reader = try store.reader()
  }

  /// Each filter and the ids it leaves.
  private static let examples = [
    ("id = 'a'", "a"),
    ("id != 'a'", "bcd"),
    ("id IN ('a', 'd', 'x')", "ad"),
    ("id NOT IN ('a', 'd')", "bc"),
    ("id > 'b'", "cd"),
    ("id >= 'b' AND id <= 'c'", "bc"),
    ("text LIKE '%GAME%'", "a"),
    ("text NOT LIKE 'A%'", "cd"),
    ("text = 'It''s \"quoted\"'", "c"),
    (#"text = "It's ""quoted""""#, "c"),
    ("text LIKE '100\\%'", ""),
    ("label.section = 'games'", "ac"),
    ("label.section != 'games'", "b"),
    ("label.section IS NULL", "d"),
    ("label.section IS NOT NULL", "abc"),
    ("label.section LIKE 'e%'", "b"),
    ("NOT label.section = 'games'", "b"),
    ("label.section IS NULL OR label.section != 'games'", "bd"),
    ("label.tags = 'x'", "a"),
    ("label.tags = 'y'", "ad"),
    ("label.tags != 'y'", "b"),
    ("label.tags IN ('x', 'y')", "ad"),
    ("label.tags NOT IN ('x', 'z')", "bd"),
    ("label.tags LIKE 'X'", "a"),
    ("label.tags IS NULL", "c"),
    ("label.tags = '''; DROP TABLE item; --'", "d"),
    ("label.size > 0", "c"),
    ("label.size < 0", "d"),
    ("label.size = 2.5", "c"),
    ("label.size <= -1e1", "d"),
    ("label.size IN (-10, 2.5, 7)", "cd"),
    ("label.size > '12'", "c"),
    ("label.size < '12'", "d"),
    ("id = 'a' OR year > 2000", "abd"),
    ("label.section = 'editors' OR NOT year < 2000 AND NOT id = 'd'", "bc"),
    ("year = 1999", "a"),
    ("year = 2005", "b"),
    ("year = '2005'", "b"),
    ("year = '1999'", "a"),
    ("year > 2000", "bd"),
    ("year >= 2005 and year < 2010.6", "bd"),
    ("year < 2000", "a"),
    ("year != 1999", "bcd"),
    ("year = 'unknown'", "c"),
    ("year = 0", ""),
    ("year IN (1999, 'unknown')", "ac"),
    ("metadata.year IN (2010.5)", "d"),
    ("big = 9007199254740993", "a"),
    ("big = 9007199254740992", ""),
    ("free = true", "a"),
    ("free = FALSE", "b"),
    ("free != true", "b"),
    ("free IS NULL", "cd"),
    ("free is not null", "ab"),
    ("metadata.text = 'shadow'", "c"),
    (#"metadata."odd ""name""" = 1"#, "a"),
    ("x.y = 'dotted'", "d"),
    ("metadata.x.y = 'dotted'", "d"),
    ("id = 'a' OR id = 'b' AND year > 3000", "a"),
    ("(id = 'a' OR id = 'b') AND year > 2000", "b"),
    ("NOT (id = 'a' OR id = 'b')", "cd"),
    ("NOT NOT id = 'a'", "a"),
    ("id='a'OR id=\"b\"", "ab"),
  ]

  @Test func choosesItems() throws {
    for (filter, ids) in ItemFilterTests.examples {
      #expect(try reader.ids(where: filter).joined() == ids, "\(filter)")
    }
  }

  @Test func namesWhatIsNotThereAndWhatLooksLikeIt() {
    #expect(throws: FilterError.unknownField(name: "yaer", near: ["year"])) {
      try reader.ids(where: "yaer = 1")
    }
    #expect(throws: FilterError.unknownField(name: "label", near: [])) {
      try reader.ids(where: "label = 'x'")
    }
    #expect(throws: FilterError.unknownTask(name: "sectoin", near: ["label.section"])) {
      try reader.ids(where: "label.sectoin = 'x'")
    }
    #expect(
      FilterError.unknownField(name: "yaer", near: ["year"]).description
        == "filter: no item of the dataset has the field “yaer”; did you mean “year”?")
  }

  @Test func nestingAndLengthHaveLimits() throws {
    func nested(_ opening: String, _ closing: String, levels: Int) -> String {
      String(repeating: opening, count: levels) + "label.tags IN ('x', 1)"
        + String(repeating: closing, count: levels)
    }
    for (opening, closing) in [
      ("(", ")"), ("(id = 'x' OR id = 'a' AND ", ")"), ("(id = 'a' AND ", " OR id = 'b' AND id = 'a')"),
      ("NOT ", ""),
    ] {
      #expect(try reader.ids(where: nested(opening, closing, levels: 10)) == ["a"])
      #expect(throws: FilterError.self) { try ItemFilter(nested(opening, closing, levels: 11)) }
      #expect(throws: FilterError.self) { try ItemFilter(nested(opening, closing, levels: 100_000)) }
    }
    #expect(try reader.ids(where: nested("(id = 'a' AND NOT NOT ", ")", levels: 3)) == ["a"])
    #expect(try reader.ids(where: nested("(id = 'b' OR NOT ", ")", levels: 5)) == ["b", "d"])
    let long = Array(repeating: "id = 'a'", count: 500).joined(separator: " OR ")
    #expect(try reader.ids(where: long) == ["a"])
    let many = "id IN (" + (0..<10_000).map { "'\($0)'" }.joined(separator: ",") + ",'b')"
    #expect(throws: FilterError.self) { try ItemFilter(many) }
    #expect(try reader.ids(where: many.replacing("'0',", with: "")) == ["b"])
    #expect(throws: FilterError.self) { try ItemFilter(long + " OR id = 'b'") }
  }

  @Test func seesTheRevisionThatIsRead() throws {
    try store.extract([
      Item(id: "a", text: "A game", labels: ["section": .single("old")], metadata: #"{"new":1}"#)
    ])
    #expect(try reader.ids(where: "label.section = 'games'") == ["c"])
    #expect(try reader.ids(at: 1, where: "label.section = 'games'") == ["a", "c"])
    #expect(try reader.ids(where: "new = 1") == ["a"])
    #expect(throws: FilterError.unknownField(name: "new", near: [])) {
      try reader.ids(at: 1, where: "new = 1")
    }
  }

  @Test func appliesToLabelledItemsToo() throws {
    var found: [String: Label] = [:]
    try reader.labels(of: "d", task: "section", where: try ItemFilter("year > 2000 OR label.tags = 'x'")) {
      found[$0.id] = $1
    }
    #expect(found == ["a": .single("games"), "b": .single("editors")])
  }

  /// Any text makes a filter or a syntax error, and any filter an answer or an error that names its fault.
  @Test func hostileTextsAreAnswered() throws {
    var draws = Draws(seed: 12)
    func pick(_ words: [String]) -> String { words[draws.below(words.count)] }
    let words = [
      "id", "text", "year", "label", ".", "tags", "section", "=", "!=", "<", ">=", "(", ")", "'x'", "\"", "1",
      "-",
      "1.5", "NOT", "AND", "OR", "IN", "LIKE", "IS", "NULL", ",", "true", "😀", "\u{0}", ";", "metadata",
    ]
    var answered = 0
    for _ in 0..<20_000 {
      let text = (0..<8).map { _ in pick(words) }.joined(separator: " ")
      do {
        _ = try reader.ids(where: text)
        answered += 1
      } catch is FilterError {}
    }
    for _ in 0..<2_000 {
      let field = pick(["id", "text", "year", "label.tags", "label.size", "free"])
      let text = "\(field) \(pick(["=", "!=", "<", ">", ">="])) \(pick(["'x'", "1", "true", "'1999'"]))"
      _ = try reader.ids(where: pick(["", "NOT "]) + text)
      answered += 1
    }
    #expect(answered >= 2_000, "seed 12")
  }
}
