import Testing

@testable import Datasets

@Suite("JSON Lines")
struct JSONLinesReaderTests {
  private func read(_ text: String, fields: FieldMapping = FieldMapping()) throws -> Entries {
    try Entries(of: text, .jsonLines, fields: fields)
  }

  @Test("a line is an item: text, id, labels, and all else as metadata")
  func wholeItem() throws {
    let entries = try read(
      """
      {"id":"7","text":"Snow","label":"ice","labels":{"tags":["b","a","b"],"depth":2.5,"none":null},"z":1.10,"a":{"y":[1],"x":null}}
      """)
    #expect(
      entries.items == [
        Item(
          id: "7", text: "Snow",
          labels: [
            "label": .single("ice"), "tags": .multiple(["a", "b"]), "depth": .number(2.5), "none": nil,
          ],
          metadata: #"{"a":{"x":null,"y":[1]},"z":1.10}"#)
      ])
    #expect(entries.places == [.line(1)])
  }

  @Test("an integer id keeps all its digits; a missing one is derived from the text")
  func ids() throws {
    let entries = try read(
      """
      {"text":"a","id":12345678901234567890}
      {"text":"b"}
      {"text":"c","id":null}
      """)
    #expect(entries.items.map(\.id) == ["12345678901234567890", "derived from b", "derived from c"])
  }

  @Test("a mapping names other fields, which then are no metadata")
  func mapping() throws {
    let entries = try read(
      #"{"body":"Snow","sku":"x","id":3,"text":"other","kind":"ice","label":"kept","labels":{"a":"b"}}"#,
      fields: FieldMapping(
        textField: "body", idField: "sku", labels: [("section", "kind"), ("again", "kind")]))
    #expect(
      entries.items == [
        Item(
          id: "x", text: "Snow",
          labels: [
            "section": .single("ice"), "again": .single("ice"), "label": .single("kept"), "a": .single("b"),
          ],
          metadata: #"{"id":3,"text":"other"}"#)
      ])
  }

  @Test("naming the field `label` or `labels` takes away its own meaning")
  func mappedLabel() throws {
    let entries = try read(
      #"{"text":"Snow","label":"ice","labels":["b","a"]}"#,
      fields: FieldMapping(labels: [("section", "label"), ("tags", "labels")]))
    #expect(entries.items.first?.labels == ["section": .single("ice"), "tags": .multiple(["a", "b"])])
  }

  @Test("a field that feeds the task `label` takes the place of the field `label`")
  func mappedLabelTask() throws {
    let entries = try read(
      #"{"text":"Snow","label":"x","kind":"ice"}"#, fields: FieldMapping(labels: [("label", "kind")]))
    #expect(entries.items.first?.labels == ["label": .single("ice")])
    #expect(entries.items.first?.metadata == #"{"label":"x"}"#)
  }

  @Test("an id field that is named must be in every row")
  func namedID() throws {
    let entries = try read(#"{"text":"a","id":"1"}"#, fields: FieldMapping(idField: "sku"))
    #expect(entries.rejections == [#"line 1: has no id in the field "sku""#])
  }

  @Test(
    "CRLF, blank lines, a byte-order mark and a last line without its end are all taken; every line counts")
  func lineBreaks() throws {
    let entries = try read("\u{FEFF}{\"text\":\"a\"}\r\n\r\n  \n{\"text\":\"b\"}\n\n{\"text\":\"c\"}")
    #expect(entries.items.map(\.text) == ["a", "b", "c"])
    #expect(entries.places == [.line(1), .line(4), .line(6)])
    #expect(entries.rejections == [])
  }

  @Test("an empty input has no items", arguments: ["", "\n", "\u{FEFF}", "\r\n\r\n"])
  func emptyInput(text: String) throws {
    let entries = try read(text)
    #expect(entries.items == [] && entries.rejections == [])
  }

  @Test(
    "a row that cannot be an item is rejected, and reading goes on",
    arguments: [
      (#"{"text":""}"#, "the text is empty"),
      (#"{"text":" \t\n\u00a0\u3000"}"#, "the text is empty"),
      (#"{"text":"a\u0000b"}"#, "the text contains a NUL character"),
      (#"{"text":7}"#, #"the field "text" is a number, not a string"#),
      (#"{"text":null}"#, #"the field "text" is null, not a string"#),
      (#"{"body":"a","title":"b"}"#, #"has no field "text" (it has body, title)"#),
      ("{}", #"has no field "text""#),
      (#"{"text":"a","id":""}"#, "the id is empty"),
      (#"{"text":"a","id":"\u0000"}"#, "the id contains a NUL character"),
      (#"{"text":"a","id":1.5}"#, "the id is a number, not a string or an integer"),
      (#"{"text":"a","id":1e3}"#, "the id is a number, not a string or an integer"),
      (#"{"text":"a","id":true}"#, "the id is true or false, not a string or an integer"),
      (
        #"{"text":"a","label":true}"#,
        #"the label of "label" is true or false, not a string, an array of strings or a number"#
      ),
      (
        #"{"text":"a","label":{}}"#,
        #"the label of "label" is an object, not a string, an array of strings or a number"#
      ),
      (#"{"text":"a","label":""}"#, #"the label of "label" is empty"#),
      (#"{"text":"a","label":"\u0000"}"#, #"the label of "label" contains a NUL character"#),
      (#"{"text":"a","labels":{"n":1e999}}"#, #"the label of "n" is no finite number: 1e999"#),
      (
        #"{"text":"a","labels":{"t":["x",1]}}"#,
        #"the label of "t" is an array that holds a number, not only strings"#
      ),
      (
        #"{"text":"a","labels":{"":"x"}}"#,
        "a label feeds a task whose name is empty or contains a NUL character"
      ),
      (#"{"text":"a","labels":"x"}"#, #"the field "labels" is a string, not an object of answers by task"#),
      (#"{"text":"a","label":"x","labels":{"label":"y"}}"#, #"the task "label" is answered twice"#),
      (#"{"text":"a","text":"b"}"#, #"the name "text" comes twice in one object"#),
      (#"{"text":"\ud800"}"#, "not valid JSON at byte 16: an escape is half of a surrogate pair"),
      (#"{"text":"a""#, "not valid JSON at byte 12: a comma or } is expected"),
      (#""text""#, "is a string, not an object"),
      ("12", "is a number, not an object"),
    ])
  func rejects(row: String, reason: String) throws {
    let entries = try read("{\"text\":\"before\"}\n\(row)\n{\"text\":\"behind\"}\n")
    #expect(entries.rejections == ["line 2: " + reason])
    #expect(entries.items.map(\.text) == ["before", "behind"])
  }

  @Test("a number too large for a label is still kept as metadata")
  func largeNumbers() throws {
    #expect(try read(#"{"text":"a","n":1e999}"#).items.first?.metadata == #"{"n":1e999}"#)
  }

  @Test("an id of 1,024 bytes is taken, a longer one is not")
  func longIDs() throws {
    let longest = String(repeating: "é", count: 512)
    let entries = try read("{\"text\":\"a\",\"id\":\"\(longest)\"}\n{\"text\":\"a\",\"id\":\"\(longest)x\"}")
    #expect(entries.items.map(\.id) == [longest])
    #expect(entries.rejections == ["line 2: the id has 1025 bytes, more than 1024"])
  }

  @Test("invalid UTF-8 is rejected, and reading goes on")
  func invalidUTF8() throws {
    let bytes = Array(#"{"text":"caf"#.utf8) + [0xE9] + Array("\"}\n{\"text\":\"b\"}".utf8)
    let entries = try Entries(of: bytes, .jsonLines)
    #expect(entries.rejections == ["line 1: is not valid UTF-8"])
    #expect(entries.items.map(\.text) == ["b"])
  }

  @Test("a line of 10 MB is an item; one of more than 64 MiB is rejected")
  func longLines() throws {
    let long = String(repeating: "firn ", count: 2_000_000)
    let tooLong = String(repeating: "x", count: 64 << 20)
    let entries = try read("{\"text\":\"\(long)\"}\n{\"text\":\"\(tooLong)\"}\n{\"text\":\"behind\"}")
    #expect(entries.items.map(\.text.utf8.count) == [10_000_000, 6])
    #expect(entries.rejections == ["line 2: is longer than 64 MiB"])
  }

  @Test("a JSON array is one clear error")
  func array() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("\n [\n{\"text\":\"a\"}\n]", to: "a.json")
    #expect(throws: DatasetError.arrayInsteadOfLines(path: path)) { try Entries(path) }
  }
}
