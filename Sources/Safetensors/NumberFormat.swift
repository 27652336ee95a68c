/// The number formats of tensors that Firn reads, by their names in the file.
public enum NumberFormat: String, CaseIterable, Sendable {
  /// IEEE 754 single precision.
  case float32 = "F32"
  /// IEEE 754 half precision.
  case float16 = "F16"
  /// The upper half of a single.
  case bfloat16 = "BF16"

  /// Bytes a number.
  public var size: Int { self == .float32 ? 4 : 2 }

  /// Appends the `count` little-endian numbers that begin at `offset` of `bytes` to `values`.
  public func append(
    _ count: Int, from bytes: UnsafeRawBufferPointer, at offset: Int, to values: inout [Float]
  ) {
    for index in 0..<count {
      let place = offset + index * size
      switch self {
      case .float32:
        let bits = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        values.append(Float(bitPattern: bits))
      case .float16:
        let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
        values.append(Float(halfPrecisionBits: bits))
      case .bfloat16:
        let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt16.self))
        values.append(Float(bitPattern: UInt32(bits) << 16))
      }
    }
  }
}

extension Float {
  /// The value of an IEEE 754 half-precision number. (Swift's own `Float16` is not there on every processor.)
  init(halfPrecisionBits bits: UInt16) {
    let sign: Float = bits >> 15 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1f)
    let fraction = Float(bits & 0x3ff)
    switch exponent {
    case 0: self = sign * fraction * 0x1p-24
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    default: self = sign * Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
    }
  }
}
