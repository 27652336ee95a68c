/// The number formats of tensors that Firn reads, by their names in the file.
public enum NumberFormat: String, CaseIterable, Sendable {
  /// IEEE 754 double precision, rounded to single when it is read.
  case float64 = "F64"
  /// IEEE 754 single precision.
  case float32 = "F32"
  /// IEEE 754 half precision.
  case float16 = "F16"
  /// The upper half of a single.
  case bfloat16 = "BF16"

  /// Bytes a number.
  public var size: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16, .bfloat16: 2
    }
  }

  /// Reads a number for each place of `numbers` from the little-endian ones that begin at `offset` of `bytes`.
  public func read(_ bytes: UnsafeRawBufferPointer, at offset: Int, into numbers: inout MutableSpan<Float>) {
    let source = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + numbers.count * size])
    func bits<Bits: FixedWidthInteger>(_ index: Int) -> Bits {
      Bits(littleEndian: source.loadUnaligned(fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self))
    }
    switch self {
    case .float64: for index in numbers.indices { numbers[index] = Float(Double(bitPattern: bits(index))) }
    case .float32: for index in numbers.indices { numbers[index] = Float(bitPattern: bits(index)) }
    case .float16: for index in numbers.indices { numbers[index] = Float(halfPrecisionBits: bits(index)) }
    case .bfloat16:
      for index in numbers.indices { numbers[index] = Float(bitPattern: UInt32(bits(index) as UInt16) << 16) }
    }
  }

  /// The `count` numbers that begin at `offset` of `bytes`.
  public func numbers(_ count: Int, in bytes: UnsafeRawBufferPointer, at offset: Int) -> [Float] {
    var numbers = [Float](repeating: 0, count: count)
    var span = numbers.mutableSpan
    read(bytes, at: offset, into: &span)
    return numbers
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
