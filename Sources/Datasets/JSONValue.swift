/// A JSON value that loses nothing of what was written: numbers stay the text they were.
///
/// Foundation's reader turns `1.10` into `1.1`, drops all but one of repeated keys without a word, and with
/// its writer behind it it takes ten times as long a row.
enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// What a person calls this kind of value.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// The members of a JSON object, sorted by the UTF-8 bytes of their names, each name once.
struct JSONObject: Sendable {
  struct Member: Sendable {
    let name: String
    let value: JSONValue
  }

  /// `{}`
  static let empty = JSONObject(sorted: [])

  private(set) var members: [Member]

  /// `members` must already be sorted, each name once.
  init(sorted members: [Member]) { self.members = members }

  /// Sorts `members`; throws the first name that comes twice.
  init(_ members: [Member]) throws(RepeatedName) {
    self.members = members.sorted { $0.name.precedesByBytes($1.name) }
    for (one, next) in zip(self.members, self.members.dropFirst())
    where one.name.hasSameBytes(as: next.name) {
      throw RepeatedName(name: one.name)
    }
  }

  struct RepeatedName: Error {
    let name: String
  }

  /// The value of the member with this very name, byte for byte.
  subscript(name: String) -> JSONValue? {
    members.first { $0.name.hasSameBytes(as: name) }?.value
  }

  /// The object without the members of these names.
  func removing(_ names: [String]) -> JSONObject {
    var rest = self
    rest.members.removeAll { member in
      names.contains(where: member.name.hasSameBytes)
    }
    return rest
  }
}

extension JSONObject {
  /// The one way to write this object: sorted names, no spaces, only what must be escaped is.
  var canonicalText: String {
    var bytes: [UInt8] = []
    JSONValue.object(self).write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension JSONValue {
  fileprivate func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): Self.write(text, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in object.members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case 0x08: bytes += #"\b"#.utf8
      case 0x09: bytes += #"\t"#.utf8
      case 0x0A: bytes += #"\n"#.utf8
      case 0x0C: bytes += #"\f"#.utf8
      case 0x0D: bytes += #"\r"#.utf8
      case 0x00..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += #"\u00"#.utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
