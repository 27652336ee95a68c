import Testing

@testable import JSON

@Suite("Reading JSON")
struct JSONParserTests {
  private func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: bytes[...])
  }

  private func parse(_ text: String) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8))
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
    #expect(try Array(parse(text).canonicalText.utf8) == Array(written.utf8))
  }

  @Test(
    "keeps every digit of a number",
    arguments: ["0", "-0", "1.10", "1E400", "1e-999", "123456789012345678901234567890", "-2.50e+10"])
  func keepsNumbers(text: String) throws {
    #expect(try parse(text).canonicalText == text)
  }

  @Test(
    "refuses all else",
    arguments: [
      "", " ", "1 2", "nul", "nulll", "True", "NaN", "Infinity", "-", "+1", "01", "-01", "1.", ".5", "1.e1",
      "1e", "1e+", "0x10", "1_000", "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "}", "{a:1}",
      "{1:1}",
      "{'a':1}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{,"a":1}"#, #"{"a":1]"#, "'a'",
      #"""#, #""a"#, #""\""#, #""\x41""#, #""\u12""#, #""\u12G4""#, #""\U0041""#, "\"a\tb\"", "\"a\nb\"",
      "\"\u{0}\"", #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\ud800\n""#, "// 1",
      "1 // one", "\u{FEFF}1", "\u{A0}1",
    ])
  func refuses(text: String) throws {
    let error = #expect(throws: JSONError.self) { try parse(text) }
    guard case .malformed(let offset, _) = try #require(error) else {
      Issue.record("\(text) is malformed, not: \(String(describing: error))")
      return
    }
    #expect(0...text.utf8.count ~= offset)
  }

  @Test(
    "says what is wrong and where",
    arguments: [
      (#"{"a": tru}"#, 6, "a value is expected"), (#"{"a": 1"#, 7, "a comma or } is expected"),
      ("[1, 2", 5, "a comma or ] is expected"), ("[1, ]", 4, "a value is expected"),
      ("{1:2}", 1, "a name in quotes is expected"), (#"{"a" 1}"#, 5, "a colon is expected"),
      ("[1.x]", 3, "a digit is expected"), ("1 2", 2, "there is more behind the value"),
      ("\"é", 3, "a string does not end"), ("\"a\n\"", 2, "a control character must be escaped"),
      (#""\ud800""#, 7, "an escape is half of a surrogate pair"),
      (#""\u00x0""#, 5, "four hexadecimal digits are expected"), (#""\x""#, 3, "no such escape"),
    ])
  func saysWhere(text: String, offset: Int, reason: String) {
    let error = JSONError.malformed(offset: offset, reason: reason)
    #expect(throws: error) { try parse(text) }
    #expect(throws: error, "counted from the start of a slice") {
      try JSONValue(parsing: Array("[[[\(text)".utf8)[3...])
    }
    #expect(error.description == "not valid JSON at byte \(offset + 1): \(reason)")
  }

  @Test(
    "refuses strings that are not UTF-8",
    arguments: [[0xFF], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80]]
      as [[UInt8]])
  func refusesInvalidUTF8(bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    #expect(throws: JSONError.invalidUTF8(offset: 1)) { try parse([0x20, quote] + bytes + [quote]) }
    #expect(throws: JSONError.invalidUTF8(offset: 0), "behind an escape") {
      try parse([quote] + Array(#"\n"#.utf8) + bytes + [quote])
    }
  }

  @Test(
    "refuses a name that comes twice in one object, however spelt",
    arguments: [
      (#"{"a":1,"a":1}"#, 0), (#"{"a":1,"\u0061":2}"#, 0), (#"[{"x":{"a":1,"b":2,"a":3}}]"#, 6),
    ])
  func refusesRepeatedNames(text: String, offset: Int) {
    #expect(throws: JSONError.repeatedName("a", offset: offset)) { try parse(text) }
  }

  @Test("refuses a name that comes twice among many; canonically equivalent ones are two")
  func repeatedNamesAmongMany() throws {
    let members = (0..<1_000).map { "\"\($0)\":0" } + ["\"e\u{301}\":1", "\"\u{E9}\":2"]
    let object = "{" + members.joined(separator: ",")
    let value = try parse(object + "}")
    guard case .object(let read) = value else { throw JSONError.malformed(offset: 0, reason: value.kind) }
    #expect(read.members.count == 1_002)
    #expect(throws: JSONError.repeatedName("7", offset: 0)) { try parse(object + #","7":0}"#) }
    #expect(throws: JSONError.repeatedName("é", offset: 0)) { try parse(object + ",\"\u{E9}\":0}") }
  }

  @Test("nests to a fixed depth and no deeper")
  func limitsDepth() throws {
    let depth = JSONParser.maximumDepth
    let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try parse(deep).canonicalText == deep)
    let error = JSONError.malformed(offset: depth, reason: "nested deeper than 128")
    #expect(throws: error) { try parse("[" + deep + "]") }
    for opening in ["[", #"{"a":"#] {
      #expect(throws: JSONError.self) { try parse(String(repeating: opening, count: 1_000_000)) }
    }
  }
}
