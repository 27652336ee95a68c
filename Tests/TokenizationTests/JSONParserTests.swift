import Testing

@testable import Tokenization

@Suite struct JSONParserTests {
  private func parse(_ text: String) throws -> JSON {
    try JSONParser.parse(Array(text.utf8))
  }

  @Test func `every kind of value`() throws {
    let text = " { \"a\" : [ null, true, false, -12, 0, 1.5, -2e3, \"x\" ] , \"b\":{}, \"c\":[] } \r\n"
    guard case .object(let members) = try parse(text), case .array(let elements) = members[0].value else {
      Issue.record("no object with an array")
      return
    }
    #expect(members.map(\.key) == ["a", "b", "c"])
    #expect(elements.map(\.summary) == ["null", "true", "false", "-12", "0", "1.5", "-2000.0", "a string"])
  }

  @Test func `strings keep their scalars`() throws {
    let text = #""\"\\\/\b\f\n\r\t\u00e9e\u0301\ud83d\ude00 é😀""#
    guard case .string(let string) = try parse(text) else {
      Issue.record("no string")
      return
    }
    #expect(
      string.unicodeScalars.elementsEqual(
        "\"\\/\u{8}\u{C}\n\r\t\u{E9}e\u{301}\u{1F600} \u{E9}\u{1F600}".unicodeScalars))
  }

  @Test func `canonically equivalent keys stay apart`() throws {
    guard case .object(let members) = try parse(#"{"\u00e9":1,"e\u0301":2}"#) else {
      Issue.record("no object")
      return
    }
    #expect(members.map { Array($0.key.utf8) } == [[0xC3, 0xA9], [0x65, 0xCC, 0x81]])
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "{1:1}",
    "tru", "nul", "True",
    "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "NaN", "1e999", "\"", "\"a", "\"\\", "\"\\x\"",
    "\"\\u12\"", "\"\\u12G4\"",
    "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\\ud800\\ud800\"", "\"\n\"", "\"\u{1}\"", "1 2",
    "{} x", "\u{FEFF}{}", "[1;2]",
  ])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: JSONParser.Failure.self) { try parse(text) }
  }

  @Test func `bytes that are not UTF-8 are refused where they stand`() {
    let error = #expect(throws: JSONParser.Failure.self) {
      try JSONParser.parse([0x5B, 0x22, 0xFF, 0x22, 0x5D])
    }
    #expect(error?.offset == 2)
  }

  @Test func `deep nesting is refused, not followed`() throws {
    let depth = JSONParser.maximumDepth
    _ = try parse(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    #expect(throws: JSONParser.Failure.self) { try parse(String(repeating: "[", count: 1_000_000)) }
  }
}
