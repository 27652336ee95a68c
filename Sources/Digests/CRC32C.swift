import CKernels

/// A CRC-32C of bytes that come in pieces (RFC 3720, appendix B.4): finds bytes that changed by accident.
public struct CRC32C: Hashable, Sendable {
  /// The checksum of all that came in so far.
  public private(set) var value: UInt32 = 0

  /// A checksum that has seen nothing.
  public init() {}

  /// Takes `bytes` in.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.baseAddress else { return }
    value = firn_crc32c(value, first.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// Takes `bytes` in.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Takes the UTF-8 bytes of `text` in, without its length.
  public mutating func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Takes `number` in as eight little-endian bytes, whatever its type.
  @inlinable
  public mutating func update(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: UInt64(truncatingIfNeeded: number).littleEndian) { update($0) }
  }
}
