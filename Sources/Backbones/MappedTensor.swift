internal import LinearAlgebra

/// A matrix in a mapped file, whose rows are converted to float32 as they are read.
struct MappedTensor: Sendable {
  /// The number formats of weights, by their names in safetensors.
  enum Format: String, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    /// Bytes a number.
    var size: Int { self == .float32 ? 4 : 2 }
  }

  let file: MappedFile
  let offset: Int
  let format: Format
  let rows: Int
  let columns: Int

  /// Appends one row to `values`.
  func appendRow(_ row: Int, to values: inout [Float]) {
    let start = offset + row * columns * format.size
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + columns * format.size])
    for column in 0..<columns {
      switch format {
      case .float32:
        values.append(
          Float(
            bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * column, as: UInt32.self))
          ))
      case .float16:
        let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * column, as: UInt16.self))
        values.append(Float(halfPrecisionBits: bits))
      case .bfloat16:
        let bits = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * column, as: UInt16.self))
        values.append(Float(bitPattern: UInt32(bits) << 16))
      }
    }
  }

  /// The whole tensor.
  func matrix() -> Matrix<Float> {
    var elements: [Float] = []
    elements.reserveCapacity(rows * columns)
    for row in 0..<rows { appendRow(row, to: &elements) }
    return Matrix(rows: rows, columns: columns, elements: elements)
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
