/// The bytes of one message in the wire format of protocol buffers, field by field. A field that is added twice is a repeated one.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  /// How a field's value is written.
  private enum WireType: UInt64 {
    case varint = 0
    case lengthDelimited = 2
  }

  /// Adds a number, seven bits a byte, the lowest first; a negative one takes ten bytes.
  mutating func add(_ value: Int, field: UInt64) {
    begin(field, as: .varint)
    add(varint: UInt64(bitPattern: Int64(value)))
  }

  /// Adds bytes, behind their length.
  mutating func add(_ value: some Collection<UInt8>, field: UInt64) {
    begin(field, as: .lengthDelimited)
    add(varint: UInt64(value.count))
    bytes += value
  }

  /// Adds a text, as UTF-8.
  mutating func add(_ text: String, field: UInt64) {
    add(text.utf8, field: field)
  }

  /// Adds a message within this one.
  mutating func add(_ message: ProtocolBuffer, field: UInt64) {
    add(message.bytes, field: field)
  }

  private mutating func begin(_ field: UInt64, as type: WireType) {
    add(varint: field << 3 | type.rawValue)
  }

  private mutating func add(varint value: UInt64) {
    var rest = value
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}
