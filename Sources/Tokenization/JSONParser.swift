/// A strict reader of JSON text (RFC 8259) in one pass over its bytes.
struct JSONParser {
  /// Why and where (bytes from the start) the text is not JSON.
  struct Failure: Error {
    var offset: Int
    var reason: String
  }

  /// Deeper nesting than this is refused, so that hostile input cannot exhaust the stack.
  static let maximumDepth = 128

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  private let bytes: [UInt8]
  private var position = 0

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The one value that `bytes` spell.
  static func parse(_ bytes: [UInt8]) throws(Failure) -> JSON {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: 0)
    guard parser.nextSignificant() == nil else {
      throw parser.failure("text after the end of the JSON value")
    }
    return value
  }

  private func failure(_ reason: String) -> Failure {
    Failure(offset: position, reason: reason)
  }

  private var current: UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  /// Skips whitespace; the byte after it, not consumed.
  private mutating func nextSignificant() -> UInt8? {
    while let byte = current {
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  private mutating func value(depth: Int) throws(Failure) -> JSON {
    guard depth < Self.maximumDepth else { throw failure("more than \(Self.maximumDepth) levels of nesting") }
    switch nextSignificant() {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .array(try elements(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .boolean(true))
    case UInt8(ascii: "f"): return try literal("false", .boolean(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"): return try number()
    case let byte? where Self.digits ~= byte: return try number()
    case nil: throw failure("the JSON text ends too early")
    default: throw failure("no JSON value starts here")
    }
  }

  private mutating func literal(_ word: StaticString, _ value: JSON) throws(Failure) -> JSON {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count, bytes[position..<end].elementsEqual(word.description.utf8) else {
      throw failure("no JSON value starts here")
    }
    position = end
    return value
  }

  private mutating func members(depth: Int) throws(Failure) -> [JSON.Member] {
    position += 1
    var members: [JSON.Member] = []
    if nextSignificant() == UInt8(ascii: "}") {
      position += 1
      return members
    }
    while true {
      guard nextSignificant() == UInt8(ascii: "\"") else { throw failure("a key in quotes is expected") }
      let key = try string()
      guard nextSignificant() == UInt8(ascii: ":") else { throw failure("':' is expected after a key") }
      position += 1
      members.append(JSON.Member(key: key, value: try value(depth: depth + 1)))
      if try isLast(closedBy: UInt8(ascii: "}")) { return members }
    }
  }

  private mutating func elements(depth: Int) throws(Failure) -> [JSON] {
    position += 1
    var elements: [JSON] = []
    if nextSignificant() == UInt8(ascii: "]") {
      position += 1
      return elements
    }
    while true {
      elements.append(try value(depth: depth + 1))
      if try isLast(closedBy: UInt8(ascii: "]")) { return elements }
    }
  }

  /// Consumes the ',' between two values (false) or the bracket behind the last (true).
  private mutating func isLast(closedBy bracket: UInt8) throws(Failure) -> Bool {
    let byte = nextSignificant()
    guard byte == bracket || byte == UInt8(ascii: ",") else {
      throw failure("',' or '\(Character(Unicode.Scalar(bracket)))' is expected after a value")
    }
    position += 1
    return byte == bracket
  }
}

// MARK: - Numbers and strings

extension JSONParser {
  /// An integer that fits `Int`, or else a fraction.
  private mutating func number() throws(Failure) -> JSON {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let firstDigit = position
    let integerDigits = skipDigits()
    guard integerDigits > 0 else { throw failure("a digit is expected") }
    guard integerDigits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
      throw failure("a number cannot start with 0")
    }
    var isInteger = true
    if current == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      guard skipDigits() > 0 else { throw failure("a digit is expected after '.'") }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isInteger = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw failure("a digit is expected in the exponent") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int(text) { return .integer(integer) }
    guard let real = Double(text), real.isFinite else { throw failure("the number is out of range") }
    return .real(real)
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = current, Self.digits ~= byte { position += 1 }
    return position - start
  }

  /// The string that starts at the opening quote. Its scalars are kept as they are: no normalisation.
  private mutating func string() throws(Failure) -> String {
    position += 1
    let start = position
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
    var text = try decoded(start..<position)
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return text
      case UInt8(ascii: "\\"):
        position += 1
        text.unicodeScalars.append(try escape())
      case ..<0x20:
        throw failure("a control character inside a string must be escaped")
      default:
        let start = position
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
          position += 1
        }
        text += try decoded(start..<position)
      }
    }
    throw failure("a string has no closing quote")
  }

  private func decoded(_ range: Range<Int>) throws(Failure) -> String {
    guard let text = String(validating: bytes[range], as: UTF8.self) else {
      throw Failure(offset: range.lowerBound, reason: "a string is not valid UTF-8")
    }
    return text
  }

  /// The scalar spelt by the escape whose backslash was just consumed.
  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    guard let byte = current else { throw failure("a string has no closing quote") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let high = try fourHexDigits()
      if let scalar = Unicode.Scalar(high) { return scalar }
      guard UTF16.isLeadSurrogate(UInt16(truncatingIfNeeded: high)),
        current == UInt8(ascii: "\\"), position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u")
      else { throw failure("half of a surrogate pair") }
      position += 2
      let low = try fourHexDigits()
      guard 0xDC00...0xDFFF ~= low,
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      else { throw failure("half of a surrogate pair") }
      return scalar
    default:
      position -= 1
      throw failure("an unknown escape")
    }
  }

  private mutating func fourHexDigits() throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("\\u needs four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
