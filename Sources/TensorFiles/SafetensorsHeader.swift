internal import JSON

/// What stands at the head of a safetensors file: a 64-bit length, then JSON with each tensor's type, shape and place, and
/// texts under `__metadata__`. The tensors' bytes follow.
public struct SafetensorsHeader: Sendable {
  /// What the header says of one tensor.
  public struct Tensor: Sendable, Hashable {
    /// The number format, as the file names it.
    public let format: String
    /// How many values each dimension has.
    public let shape: [Int]
    /// Its bytes, within the file.
    public let bytes: Range<Int>
  }

  /// The texts of the file.
  public let metadata: [String: String]
  /// The tensors by name.
  public let tensors: [String: Tensor]

  /// The most bytes of a header, as in the original library: a file with holes may claim any number and take no place.
  private static let largest = 100_000_000
  private static let metadataKey = "__metadata__"

  /// Reads the header of a file's bytes. Every tensor is checked to lie inside of them; formats and shapes are checked when
  /// a tensor is asked for, so that a file may hold some that nobody reads.
  ///
  /// - Throws: ``SafetensorsError``.
  public init(of file: UnsafeRawBufferPointer) throws(SafetensorsError) {
    guard file.count >= 8 else {
      throw .header(problem: "the \(file.count) bytes are too few for a safetensors file")
    }
    let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(file.count - 8) else {
      throw .header(problem: "it claims \(length) bytes, but the file has \(file.count)")
    }
    guard length <= Self.largest else {
      throw .header(problem: "it claims \(length) bytes, but a header has at most \(Self.largest)")
    }
    let payload = 8 + Int(length)
    let header: JSONValue
    do {
      header = try JSONValue(parsing: Array(file[8..<payload])[...])
    } catch {
      throw .header(problem: "\(error)")
    }
    guard case .object(let object) = header else {
      throw .header(problem: "it is \(header.kind), not an object")
    }

    var metadata: [String: String] = [:]
    var tensors: [String: Tensor] = [:]
    for member in object.members {
      if member.name == Self.metadataKey {
        guard case .object(let texts) = member.value else {
          throw .header(problem: "\(Self.metadataKey) is \(member.value.kind), not an object")
        }
        for text in texts.members {
          guard case .string(let value) = text.value else {
            throw .header(problem: "\(Self.metadataKey): “\(text.name)” is \(text.value.kind), not a string")
          }
          metadata[text.name] = value
        }
      } else {
        tensors[member.name] = try Tensor(member.value, named: member.name, payload: payload..<file.count)
      }
    }
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The tensor of a name, whose shape and format fit its bytes.
  ///
  /// - Throws: ``SafetensorsError/tensor(name:problem:)``.
  public func tensor(_ name: String) throws(SafetensorsError) -> (tensor: Tensor, format: NumberFormat) {
    guard let tensor = tensors[name] else { throw .tensor(name: name, problem: "is missing") }
    guard let format = NumberFormat(rawValue: tensor.format) else {
      let known = NumberFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw .tensor(name: name, problem: "has the type \(tensor.format); Firn reads \(known)")
    }
    var size = format.size
    for dimension in tensor.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else {
        throw .tensor(name: name, problem: "has the shape \(tensor.shape)")
      }
      size = product
    }
    guard size == tensor.bytes.count else {
      throw .tensor(
        name: name,
        problem:
          "its shape \(tensor.shape) takes \(size) bytes, but its data_offsets give it \(tensor.bytes.count)")
    }
    return (tensor, format)
  }

  /// The bytes of a file of float32 tensors. Equal content is equal bytes.
  public static func file(
    metadata: [String: String], tensors: [String: (shape: [Int], values: [Float])]
  ) -> [UInt8] {
    var bytes = head(metadata: metadata, shapes: tensors.mapValues(\.shape))
    for (_, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      for value in tensor.values { withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 } }
    }
    return bytes
  }

  /// The bytes that stand before the values of float32 tensors, which follow in the order of their names: the header, names
  /// sorted, padded with spaces to a multiple of eight.
  static func head(metadata: [String: String], shapes: [String: [Int]]) -> [UInt8] {
    var members = [
      JSONObject.Member(
        name: metadataKey,
        value: .object(
          JSONObject(distinct: metadata.map { JSONObject.Member(name: $0.key, value: .string($0.value)) })))
    ]
    var end = 0
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) {
      let start = end
      end += shape.reduce(NumberFormat.float32.size, *)
      let entry: [(String, JSONValue)] = [
        ("data_offsets", .array([start, end].map { .number("\($0)") })),
        ("dtype", .string(NumberFormat.float32.rawValue)),
        ("shape", .array(shape.map { .number("\($0)") })),
      ]
      members.append(
        JSONObject.Member(
          name: name,
          value: .object(JSONObject(distinct: entry.map { JSONObject.Member(name: $0, value: $1) }))))
    }
    var header = Array(JSONValue.object(JSONObject(distinct: members)).canonicalText.utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header
  }
}

extension SafetensorsHeader.Tensor {
  /// Reads one entry of the header; `payload` are the bytes behind it.
  fileprivate init(_ value: JSONValue, named name: String, payload: Range<Int>) throws(SafetensorsError) {
    func wrong(_ problem: String) -> SafetensorsError { .tensor(name: name, problem: problem) }
    func integers(_ value: JSONValue?) -> [Int]? {
      guard case .array(let values) = value else { return nil }
      let integers = values.compactMap { value in
        if case .number(let digits) = value { Int(digits) } else { nil }
      }
      return integers.count == values.count ? integers : nil
    }
    guard case .object(let entry) = value else { throw wrong("is \(value.kind), not an object") }
    guard case .string(let format) = entry["dtype"] else { throw wrong("its dtype is not a string") }
    guard let shape = integers(entry["shape"]) else { throw wrong("its shape is not an array of integers") }
    guard let offsets = integers(entry["data_offsets"]), offsets.count == 2, let start = offsets.first,
      let end = offsets.last, 0 <= start, start <= end, end <= payload.count
    else { throw wrong("its data_offsets do not lie in the file's \(payload.count) bytes") }
    self.init(
      format: format, shape: shape, bytes: payload.lowerBound + start..<payload.lowerBound + end)
  }
}
