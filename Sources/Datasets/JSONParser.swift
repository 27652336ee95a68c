/// A strict reader of one JSON text (RFC 8259) in UTF-8.
///
/// Beyond the grammar it refuses what would not come back out unharmed: invalid UTF-8, escapes of lone
/// surrogates, a name twice in one object, and nesting deeper than `maximumDepth`.
struct JSONParser {
  /// How deep arrays and objects may nest; deeper, a hostile row would exhaust the stack.
  static let maximumDepth = 128

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var depth = 0

  /// The value that `bytes` are, with nothing but white space around it.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(RowFault) -> JSONValue {
    var parser = JSONParser(bytes: bytes, position: bytes.startIndex)
    parser.skipSpace()
    let value = try parser.value()
    parser.skipSpace()
    guard parser.peek == nil else { throw parser.fault("there is more behind the value") }
    return value
  }

  private init(bytes: ArraySlice<UInt8>, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  // MARK: Values

  private mutating func value() throws(RowFault) -> JSONValue {
    switch peek {
    case UInt8(ascii: "{"): return .object(try nested { (parser) throws(RowFault) in try parser.object() })
    case UInt8(ascii: "["): return .array(try nested { (parser) throws(RowFault) in try parser.array() })
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return .number(try number())
    default: throw fault("a value is expected")
    }
  }

  private mutating func nested<Value>(
    _ read: (inout JSONParser) throws(RowFault) -> Value
  ) throws(RowFault) -> Value {
    guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth)") }
    depth += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(RowFault) -> JSONObject {
    var members: [JSONObject.Member] = []
    position += 1
    skipSpace()
    if skip(UInt8(ascii: "}")) { return JSONObject.empty }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw fault("a name in quotes is expected") }
      let name = try string()
      skipSpace()
      guard skip(UInt8(ascii: ":")) else { throw fault("a colon is expected") }
      skipSpace()
      members.append(JSONObject.Member(name: name, value: try value()))
      skipSpace()
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "}")) else { throw fault("a comma or } is expected") }
    do {
      return try JSONObject(members)
    } catch {
      throw RowFault("the name \"\(error.name)\" comes twice in one object")
    }
  }

  private mutating func array() throws(RowFault) -> [JSONValue] {
    var values: [JSONValue] = []
    position += 1
    skipSpace()
    if skip(UInt8(ascii: "]")) { return values }
    repeat {
      skipSpace()
      values.append(try value())
      skipSpace()
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "]")) else { throw fault("a comma or ] is expected") }
    return values
  }

  private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(RowFault) -> JSONValue {
    guard bytes[position...].starts(with: word.description.utf8) else { throw fault("a value is expected") }
    position += word.utf8CodeUnitCount
    return value
  }

  // MARK: Numbers

  private mutating func number() throws(RowFault) -> String {
    let start = position
    _ = skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) { try digits() }
    if skip(UInt8(ascii: ".")) { try digits() }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(RowFault) {
    let start = position
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    guard position > start else { throw fault("a digit is expected") }
  }

  // MARK: Strings

  private mutating func string() throws(RowFault) -> String {
    position += 1
    var start = position
    var unescaped: [UInt8] = []
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        let tail = bytes[start..<position]
        let text =
          unescaped.isEmpty
          ? String(validating: tail, as: UTF8.self) : String(validating: unescaped + tail, as: UTF8.self)
        guard let text else { throw RowFault("is not valid UTF-8") }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        unescaped += bytes[start..<position]
        position += 1
        unescaped += String(try escapedScalar()).utf8
        start = position
      case 0x00..<0x20:
        throw fault("a control character must be escaped")
      default:
        position += 1
      }
    }
    throw fault("a string does not end")
  }

  private mutating func escapedScalar() throws(RowFault) -> Unicode.Scalar {
    guard let byte = peek else { throw fault("a string does not end") }
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
      guard UTF16.isLeadSurrogate(unit), skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else {
        throw fault("an escape is half of a surrogate pair")
      }
      let trail = try hexadecimalUnit()
      guard UTF16.isTrailSurrogate(trail) else { throw fault("an escape is half of a surrogate pair") }
      return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    default: throw fault("no such escape")
    }
  }

  private mutating func hexadecimalUnit() throws(RowFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw fault("four hexadecimal digits are expected")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, Self.isSpace(byte) { position += 1 }
  }

  /// Whether `byte` is white space between values.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func fault(_ reason: String) -> RowFault {
    RowFault("not valid JSON at byte \(position - bytes.startIndex + 1): \(reason)")
  }
}
