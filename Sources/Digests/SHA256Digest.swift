/// A SHA-256 digest: 32 bytes that stand for the bytes they were made of.
///
/// Digests are ordered as their bytes are, and coded as 64 lower-case hexadecimal digits.
public struct SHA256Digest: Hashable, Sendable {
  /// The bytes, eight at a time, first byte highest, so that numbers compare as bytes do.
  @usableFromInline let words: SIMD4<UInt64>

  @usableFromInline init(words: SIMD4<UInt64>) {
    self.words = words
  }

  /// The digest that `bytes` are, or nil when they are not 32.
  @inlinable
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
    self.init(words: words)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    (0..<32).map { UInt8(truncatingIfNeeded: words[$0 / 8] >> (56 - 8 * ($0 % 8))) }
  }
}

extension SHA256Digest: Comparable {
  /// Whether the bytes of `left` come before those of `right`.
  public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
    for index in 0..<4 where left.words[index] != right.words[index] {
      return left.words[index] < right.words[index]
    }
    return false
  }
}

// MARK: - As text

extension SHA256Digest: CustomStringConvertible, Codable {
  /// The digest as 64 lower-case hexadecimal digits.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The first twelve digits: enough for a person to tell digests apart.
  public var short: String { String(hex.prefix(12)) }

  /// The same as ``hex``.
  public var description: String { hex }

  /// The digest that 64 hexadecimal digits of either case spell, or nil when `hex` is anything else.
  public init?(hex: String) {
    let digits = hex.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 64 else { return nil }
    var words = SIMD4<UInt64>()
    for (index, digit) in digits.enumerated() {
      guard let digit else { return nil }
      words[index / 16] = words[index / 16] << 4 | UInt64(digit)
    }
    self.words = words
  }

  /// Reads the digest from a string of hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = SHA256Digest(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a SHA-256 digest is 64 hexadecimal digits")
    }
    self = digest
  }

  /// Writes the digest as ``hex``.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
