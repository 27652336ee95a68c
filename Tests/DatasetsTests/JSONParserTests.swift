import Testing

@testable import Datasets

@Suite("JSON")
struct JSONParserTests {
  private func canonical(_ text: String) throws -> String {
    try canonical(Array(text.utf8))
  }

  /// The canonical text of a value, within an object named for the purpose.
  private func canonical(_ bytes: [UInt8]) throws -> String {
    let value = try JSONParser.parse(bytes[...])
    let text = JSONObject(sorted: [.init(name: "v", value: value)]).canonicalText
    return String(text.dropFirst(5).dropLast())
  }

  @Test(
    "is read and written as Python's json does", arguments: try golden("canonical.tsv").split(separator: "\n")
  )
  func agreesWithPython(line: Substring) throws {
    let pair = line.split(separator: "\t")
    #expect(pair.count == 2)
    #expect(try Array(canonical(String(pair[0])).utf8) == Array(pair[1].utf8))
    #expect(try Array(canonical(String(pair[1])).utf8) == Array(pair[1].utf8))
  }

  @Test(
    "keeps every digit of a number",
    arguments: ["0", "-0", "1.10", "1E400", "1e-999", "123456789012345678901234567890", "-2.50e+10"])
  func keepsNumbers(text: String) throws {
    #expect(try canonical(text) == text)
  }

  @Test(
    "takes all that the grammar of RFC 8259 allows",
    arguments: [
      (" \t\r\n1 \t\r\n", "1"), ("[ ]", "[]"), ("{ }", "{}"), (#"{"":0}"#, #"{"":0}"#),
      ("[1 ,2]", "[1,2]"), (#"{"a" : [ null , true , false ] }"#, #"{"a":[null,true,false]}"#),
      (#""\/""#, #""/""#), (#""\u0041\u00e9\u4E2d""#, "\"Aé中\""), (#""\uD83D\ude00""#, "\"😀\""),
      (#""\u0000""#, #""\u0000""#), (#""\uDBFF\uDFFF""#, "\"\u{10FFFF}\""), ("\"\u{7F}\"", "\"\u{7F}\""),
      (#"{"b":1,"a":2,"é":3,"B":4}"#, #"{"B":4,"a":2,"b":1,"é":3}"#),
      // Two names that Swift's `String` holds equal:
      ("{\"e\u{301}\":1,\"\u{E9}\":2}", "{\"e\u{301}\":1,\"\u{E9}\":2}"),
    ])
  func takes(text: String, written: String) throws {
    #expect(try Array(canonical(text).utf8) == Array(written.utf8))
  }

  @Test(
    "refuses all else",
    arguments: [
      "", " ", "1 2", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1.e1",
      "1e", "1e+", "0x10", "1_000", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{a:1}",
      "{1:1}",
      "{'a':1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{,"a":1}"#, #"{"a":1]"#, "'a'",
      #"""#, #""a"#, #""\""#, #""\x41""#, #""\u12""#, #""\u12G4""#, #""\U0041""#, "\"a\tb\"", "\"a\nb\"",
      "\"\u{0}\"", #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\ud800\n""#,
      #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"[{"x":{"a":1,"b":2,"a":3}}]"#, "// 1", "1 // one",
      "\u{FEFF}1", "\u{A0}1",
    ])
  func refuses(text: String) {
    #expect(throws: RowFault.self) { try canonical(text) }
  }

  @Test(
    "refuses strings that are not UTF-8",
    arguments: [[0xFF], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80]]
      as [[UInt8]])
  func refusesInvalidUTF8(bytes: [UInt8]) {
    #expect(throws: RowFault.self) { try canonical([0x22] + bytes + [0x22]) }
  }

  @Test("says where a text goes wrong")
  func saysWhere() {
    let fault = #expect(throws: RowFault.self) { try canonical(#"{"a": tru}"#) }
    #expect(fault?.reason == "not valid JSON at byte 7: a value is expected")
  }

  @Test("nests to a fixed depth and no deeper")
  func limitsDepth() throws {
    let depth = JSONParser.maximumDepth
    let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try canonical(deep) == deep)
    for opening in ["[", #"{"a":"#] {
      #expect(throws: RowFault.self) { try canonical(String(repeating: opening, count: 1_000_000)) }
    }
  }
}
