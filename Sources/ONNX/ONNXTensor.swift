/// Values of one type that stand in a model: `TensorProto`.
public struct ONNXTensor: Sendable {
  /// The types of values, by their numbers in `TensorProto.DataType`.
  public enum ElementType: Int, Sendable {
    case float = 1
    case uint8 = 2
    case int64 = 7
    case string = 8
    case double = 11
  }

  private enum Values {
    /// Little-endian numbers, one behind another.
    case raw([UInt8])
    case texts([String])
  }

  let shape: [Int]
  let type: ElementType
  private let values: Values

  private init(_ shape: [Int], _ type: ElementType, _ values: Values) {
    (self.shape, self.type, self.values) = (shape, type, values)
  }

  /// Single-precision numbers.
  public static func floats(_ values: [Float], shape: [Int]) -> ONNXTensor {
    ONNXTensor(shape, .float, .raw(littleEndian(values.map { $0.bitPattern.littleEndian })))
  }

  /// Double-precision numbers.
  public static func doubles(_ values: [Double], shape: [Int]) -> ONNXTensor {
    ONNXTensor(shape, .double, .raw(littleEndian(values.map { $0.bitPattern.littleEndian })))
  }

  /// Bytes.
  public static func bytes(_ values: [UInt8], shape: [Int]) -> ONNXTensor {
    ONNXTensor(shape, .uint8, .raw(values))
  }

  /// Whole numbers, as lists of axes and sizes are given.
  public static func integers(_ values: [Int]) -> ONNXTensor {
    ONNXTensor([values.count], .int64, .raw(littleEndian(values.map { Int64($0).littleEndian })))
  }

  /// Texts.
  public static func texts(_ values: [String]) -> ONNXTensor {
    ONNXTensor([values.count], .string, .texts(values))
  }

  private static func littleEndian<Value>(_ values: [Value]) -> [UInt8] {
    values.withUnsafeBytes { Array($0) }
  }

  func message(named name: String) -> ProtocolBuffer {
    var message = ProtocolBuffer()
    for size in shape { message.add(size, field: 1) }
    message.add(type.rawValue, field: 2)
    if case .texts(let texts) = values { for text in texts { message.add(text, field: 6) } }
    message.add(name, field: 8)
    if case .raw(let bytes) = values { message.add(bytes, field: 9) }
    return message
  }
}
