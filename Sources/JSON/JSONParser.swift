extension JSONValue {
  /// The value that `bytes` are, with nothing but white space around it.
  ///
  /// Beyond the grammar of RFC 8259 it refuses what would not come back out unharmed: invalid UTF-8, escapes of
  /// lone surrogates, a name twice in one object, and nesting deeper than 128.
  /// - Throws: `JSONError` saying what is wrong and where.
  public init(parsing bytes: ArraySlice<UInt8>) throws(JSONError) {
    var parser = JSONParser(bytes)
    self = try parser.wholeText()
  }
}

extension UInt8 {
  /// Whether this byte is white space between JSON values.
  public var isJSONSpace: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D
  }
}

/// Reads a JSON text in one pass over its bytes.
struct JSONParser {
  /// How deep arrays and objects may nest; deeper, hostile input would exhaust the stack.
  static let maximumDepth = 128

  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  mutating func wholeText() throws(JSONError) -> JSONValue {
    let value = try value(depth: 0)
    guard peekPastSpace() == nil else { throw malformed("there is more behind the value") }
    return value
  }
}

// MARK: - Values

extension JSONParser {
  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    switch peekPastSpace() {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try number())
    default: throw malformed("a value is expected")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
    guard depth <= Self.maximumDepth else { throw malformed("nested deeper than \(Self.maximumDepth)") }
    let start = position
    var members: [JSONObject.Member] = []
    position += 1
    if peekPastSpace() == UInt8(ascii: "}") {
      position += 1
      return JSONObject(distinct: [])
    }
    repeat {
      guard peekPastSpace() == UInt8(ascii: "\"") else { throw malformed("a name in quotes is expected") }
      let name = try string()
      guard skip(UInt8(ascii: ":")) else { throw malformed("a colon is expected") }
      members.append(JSONObject.Member(name: name, value: try value(depth: depth)))
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "}")) else { throw malformed("a comma or } is expected") }
    if let name = members.map(\.name).repeated {
      throw .repeatedName(name, offset: start - bytes.startIndex)
    }
    return JSONObject(distinct: members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> [JSONValue] {
    guard depth <= Self.maximumDepth else { throw malformed("nested deeper than \(Self.maximumDepth)") }
    var values: [JSONValue] = []
    position += 1
    if peekPastSpace() == UInt8(ascii: "]") {
      position += 1
      return values
    }
    repeat { values.append(try value(depth: depth)) } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "]")) else { throw malformed("a comma or ] is expected") }
    return values
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.description.utf8) else {
      throw malformed("a value is expected")
    }
    position += word.utf8CodeUnitCount
    return value
  }
}

// MARK: - Numbers

extension JSONParser {
  private mutating func number() throws(JSONError) -> String {
    let start = position
    if peek == UInt8(ascii: "-") { position += 1 }
    if peek == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if peek == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
    guard position > start else { throw malformed("a digit is expected") }
  }
}

// MARK: - Strings

extension JSONParser {
  /// The string whose opening quote is next.
  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var text = plainText()
    if peek == UInt8(ascii: "\\") { text = try unescaped(behind: text)[...] }
    guard let byte = peek else { throw malformed("a string does not end") }
    guard byte == UInt8(ascii: "\"") else { throw malformed("a control character must be escaped") }
    position += 1
    do {
      return String(copying: try UTF8Span(validating: text.span))
    } catch {
      throw .invalidUTF8(offset: start - bytes.startIndex)
    }
  }

  /// Skips the bytes of a string that stand for themselves.
  private mutating func plainText() -> ArraySlice<UInt8> {
    let rest = bytes[position...]
    let end = rest.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 0x20 }
    position = end ?? rest.endIndex
    return rest[..<position]
  }

  /// The text of a string that begins with `plain` and goes on with an escape.
  private mutating func unescaped(behind plain: ArraySlice<UInt8>) throws(JSONError) -> [UInt8] {
    var text = Array(plain)
    while peek == UInt8(ascii: "\\") {
      position += 1
      text += try escapedScalar().utf8
      text += plainText()
    }
    return text
  }

  /// The scalar spelt by the escape whose backslash was just skipped.
  private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
    guard let byte = peek else { throw malformed("a string does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try hexadecimalUnit()
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard UTF16.isLeadSurrogate(unit), bytes[position...].starts(with: #"\u"#.utf8) else {
        throw malformed("an escape is half of a surrogate pair")
      }
      position += 2
      let trail = try hexadecimalUnit()
      guard UTF16.isTrailSurrogate(trail) else { throw malformed("an escape is half of a surrogate pair") }
      return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    default: throw malformed("no such escape")
    }
  }

  private mutating func hexadecimalUnit() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw malformed("four hexadecimal digits are expected")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

// MARK: - Bytes

extension JSONParser {
  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  /// Skips white space; the byte behind it.
  private mutating func peekPastSpace() -> UInt8? {
    while let byte = peek, byte.isJSONSpace { position += 1 }
    return peek
  }

  /// Skips white space and the punctuation mark `byte` behind it, if that is there.
  private mutating func skip(_ byte: UInt8) -> Bool {
    guard peekPastSpace() == byte else { return false }
    position += 1
    return true
  }

  private func malformed(_ reason: String) -> JSONError {
    .malformed(offset: position - bytes.startIndex, reason: reason)
  }
}
