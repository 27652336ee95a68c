import Testing

@testable import Datasets

@Suite("CSV and TSV")
struct TableReaderTests {
  private func read(_ text: String, fields: FieldMapping = FieldMapping()) throws -> Entries {
    try Entries(of: text, .csv, fields: fields)
  }

  @Test(
    "what Python's csv writes is read as the same items as its JSON Lines",
    arguments: ["table.csv", "table.tsv"])
  func agreesWithPython(name: String) throws {
    let table = try Entries(goldenPath(name))
    let lines = try Entries(goldenPath("table.jsonl"))
    #expect(table.items.count == 150)
    #expect(table.items == lines.items)
    // `==` of strings is blind to normalisation; the bytes must be the same too.
    #expect(table.items.map { Array($0.text.utf8) } == lines.items.map { Array($0.text.utf8) })
    #expect(table.items.map { Array($0.metadata.utf8) } == lines.items.map { Array($0.metadata.utf8) })
    #expect(table.rejections == [])
  }

  @Test("the header names the fields; cells are strings, and an empty label is none")
  func wholeItem() throws {
    let entries = try read("label,size,id,text,labels\n7,10,x,Snow,\"{}\"\n,,y,Ice,\n")
    #expect(
      entries.items == [
        Item(
          id: "x", text: "Snow", labels: ["label": .single("7")], metadata: #"{"labels":"{}","size":"10"}"#),
        Item(id: "y", text: "Ice", labels: ["label": nil], metadata: #"{"labels":"","size":""}"#),
      ])
  }

  @Test("without an id column ids are derived from the text; an empty cell is no id")
  func ids() throws {
    #expect(try read("text\nSnow\n").items.map(\.id) == ["derived from Snow"])
    #expect(try read("text,id\nSnow,\n").rejections == ["line 2: the id is empty"])
  }

  @Test("quotes hold delimiters, newlines and quotes; a row's line is where it begins")
  func quoting() throws {
    let entries = try read("text,id\r\n\"a,\r\n\"\"b\"\"\",1\r\n\r\n\"\nc\",\"2\"\r\n5\" disk,3")
    #expect(entries.items.map(\.text) == ["a,\r\n\"b\"", "\nc", "5\" disk"])
    #expect(entries.items.map(\.id) == ["1", "2", "3"])
    #expect(entries.places == [.line(2), .line(5), .line(7)])
  }

  @Test("a byte-order mark is no part of the first field's name")
  func byteOrderMark() throws {
    #expect(try read("\u{FEFF}text\nSnow\n").items.map(\.text) == ["Snow"])
    #expect(try read("\u{FEFF}\"text\"\nSnow\n").items.map(\.text) == ["Snow"])
  }

  @Test(
    "a row that cannot be an item is rejected, and reading goes on",
    arguments: [
      ("a", "has 1 fields, the header 2"),
      ("a,b,c", "has 3 fields, the header 2"),
      (" ,b", "the text is empty"),
      (",", "the text is empty"),
      ("\"a\"b,c", "there is text behind a closing quote; double the quotes within a quoted field"),
      ("a\0,b", "the text contains a NUL character"),
    ])
  func rejects(row: String, reason: String) throws {
    let entries = try read("text,id\nbefore,1\n\(row)\nbehind,2\n")
    #expect(entries.rejections == ["line 3: " + reason])
    #expect(entries.items.map(\.text) == ["before", "behind"])
  }

  @Test("a quote that is never closed names its line and all that it swallowed")
  func unterminated() throws {
    let entries = try read("text,id\nok,1\n\"two\nlines\",\"never\nclosed,2\nlost,3\n")
    #expect(entries.items.map(\.text) == ["ok"])
    #expect(entries.rejections == ["line 3: the quote opened on line 4 is not closed up to the end, line 7"])
  }

  @Test("a quote that swallows more than 64 MiB is rejected like any long row")
  func swallowing() throws {
    let rest = String(repeating: String(repeating: "x", count: 1_023) + "\n", count: 65 << 10)
    #expect(try read("text\nok\n\"\(rest)").rejections == ["line 3: is longer than 64 MiB"])
    let entries = try read("text\n\"\(rest)\"\nbehind\n")
    #expect(entries.rejections == ["line 2: is longer than 64 MiB"])
    #expect(entries.items.map(\.text) == ["behind"])
    #expect(entries.places == [.line(2 + (65 << 10) + 1)])
  }

  @Test("invalid UTF-8 is rejected with its field, and reading goes on")
  func invalidUTF8() throws {
    let bytes = Array("text,id\na,".utf8) + [0xE9] + Array("\n\"".utf8) + [0xFF] + Array("\",1\nb,2".utf8)
    let entries = try Entries(of: bytes, .csv)
    #expect(
      entries.rejections == ["line 2: field 2 is not valid UTF-8", "line 3: field 1 is not valid UTF-8"])
    #expect(entries.items.map(\.text) == ["b"])
  }

  @Test(
    "a header that cannot be used is one clear error",
    arguments: [
      ("", "there is none; the first row must name the fields"),
      ("\n\r\n", "there is none; the first row must name the fields"),
      ("body,title\na,b\n", #"has no field "text"; it has body, title"#),
      (
        String(repeating: "x,", count: 1000) + "x\n",
        #"has no field "text"; it has \#(repeatElement("x", count: 20).joined(separator: ", ")) and 981 more"#
      ),
      ("text,a,a\nx,y,z\n", #"names the field "a" twice"#),
      ("text,\"a", "the quote opened on line 1 is not closed up to the end, line 1"),
    ])
  func badHeader(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "a.csv")
    #expect(throws: DatasetError.badHeader(path: path, reason: reason)) { try Entries(path) }
  }

  @Test("fields that the mapping names must be in the header", arguments: ["sku", "kind"])
  func mappedFields(missing: String) throws {
    let fields = FieldMapping(idField: "sku", labels: [("section", "kind")])
    let header = ["text", "sku", "kind"].filter { $0 != missing }.joined(separator: ",")
    let folder = try TemporaryFolder()
    let path = try folder.write(header + "\n", to: "a.CSV")
    let reason = "has no field \"\(missing)\"; it has \(header.replacing(",", with: ", "))"
    #expect(throws: DatasetError.badHeader(path: path, reason: reason)) { try Entries(path, fields: fields) }
  }
}
