import JSON
import Testing

@Suite("A JSON object")
struct JSONObjectTests {
  private func object(_ text: String) throws -> JSONObject {
    let value = try JSONValue(parsing: Array(text.utf8)[...])
    guard case .object(let object) = value else { throw JSONError.malformed(offset: 0, reason: value.kind) }
    return object
  }

  @Test("keeps its members in the order they were written")
  func order() throws {
    let members = try object(#"{"b":1,"a":[],"":null,"B":{}}"#).members
    #expect(members.map(\.name) == ["b", "a", "", "B"])
    #expect(members.map(\.value.kind) == ["a number", "an array", "null", "an object"])
  }

  @Test("finds a member by the very bytes of its name")
  func lookup() throws {
    let object = try object("{\"e\u{301}\":\"NFD\",\"a\":true}")
    #expect(object["e\u{301}"]?.canonicalText == "\"NFD\"")
    #expect(object["\u{E9}"] == nil)
    #expect(object["a"]?.kind == "true or false")
    #expect(object["A"] == nil)
  }

  @Test("gives itself without some members, the others in order")
  func removing() throws {
    let rest = try object("{\"b\":1,\"e\u{301}\":2,\"a\":3}").removing(["b", "\u{E9}", "z"])
    #expect(rest.members.map { Array($0.name.utf8) } == [Array("e\u{301}".utf8), Array("a".utf8)])
  }
}
