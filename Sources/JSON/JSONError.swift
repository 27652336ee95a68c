/// Why bytes are not a JSON value.
///
/// Indirect, for Swift 6.3 misreads a typed error of more than four words that passes through a closure.
public indirect enum JSONError: Error, Equatable, Sendable {
  /// They break the grammar of RFC 8259, or nest too deep, `offset` bytes from their start.
  case malformed(offset: Int, reason: String)
  /// The string that begins `offset` bytes from their start is not UTF-8.
  case invalidUTF8(offset: Int)
  /// Two members of an object, which begins `offset` bytes from their start, have the same name.
  case repeatedName(String, offset: Int)
}

extension JSONError: CustomStringConvertible {
  /// `not valid JSON at byte 17: a digit is expected`; bytes count from 1.
  public var description: String {
    switch self {
    case .malformed(let offset, let reason): "not valid JSON at byte \(offset + 1): \(reason)"
    case .invalidUTF8: "is not valid UTF-8"
    case .repeatedName(let name, _): "the name \"\(name)\" comes twice in one object"
    }
  }
}
