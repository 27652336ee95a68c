internal import Foundation

/// Float32 values with their shape, in row-major order.
struct Tensor: Sendable, Hashable {
  let shape: [Int]
  let values: [Float]
}

/// Named float32 tensors and texts in the safetensors format: the header's length as a little-endian 64-bit number, the
/// header as JSON, then the tensors' bytes in the order of their names.
struct TensorFile: Sendable {
  let metadata: [String: String]
  let tensors: [String: Tensor]

  init(metadata: [String: String], tensors: [String: Tensor]) {
    self.metadata = metadata
    self.tensors = tensors
  }

  /// The bytes of the file: keys sorted, the header padded with spaces to a multiple of eight.
  var bytes: [UInt8] {
    var payload: [UInt8] = []
    var fields: [(key: String, json: String)] = []
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = payload.count
      for value in tensor.values { withUnsafeBytes(of: value.bitPattern.littleEndian) { payload += $0 } }
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      fields.append(
        (name, "{\"data_offsets\":[\(start),\(payload.count)],\"dtype\":\"F32\",\"shape\":[\(shape)]}"))
    }
    let texts = metadata.sorted { $0.key < $1.key }
      .map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }
    fields.insert(("__metadata__", "{\(texts.joined(separator: ","))}"), at: 0)
    var header = Array(
      "{\(fields.map { "\(JSONText.quoted($0.key)):\($0.json)" }.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + payload
  }

  /// Reads a file. Throws unless the header and every tensor lie inside of the bytes and are of the size their shape says.
  init(bytes: [UInt8]) throws(HeadError) {
    guard bytes.count >= 8 else {
      throw .archive(key: "(header)", problem: "there are only \(bytes.count) bytes")
    }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else {
      throw .archive(key: "(header)", problem: "it claims \(length) bytes of \(bytes.count)")
    }
    let payload = bytes[(8 + Int(length))...]
    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: Data(bytes[8..<8 + Int(length)]))
    } catch {
      throw .archive(key: "(header)", problem: "it is not the JSON of a safetensors file")
    }
    var tensors: [String: Tensor] = [:]
    for (name, entry) in header.entries { tensors[name] = try entry.tensor(name, in: payload) }
    self.metadata = header.metadata
    self.tensors = tensors
  }

  /// The tensor of a name, which must have so many dimensions.
  func tensor(_ name: String, dimensions: Int) throws(HeadError) -> Tensor {
    guard let tensor = tensors[name] else { throw .archive(key: name, problem: "there is no such tensor") }
    guard tensor.shape.count == dimensions else {
      throw .archive(key: name, problem: "it has \(tensor.shape.count) dimensions, not \(dimensions)")
    }
    return tensor
  }
}

// MARK: - The header

private struct Header: Decodable {
  var metadata: [String: String] = [:]
  var entries: [String: Entry] = [:]

  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue _: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try container.decode([String: String].self, forKey: key)
      } else {
        entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }
}

private struct Entry: Decodable {
  let dtype: String
  let shape: [Int]
  let offsets: [Int]

  enum CodingKeys: String, CodingKey {
    case dtype, shape
    case offsets = "data_offsets"
  }

  func tensor(_ name: String, in payload: ArraySlice<UInt8>) throws(HeadError) -> Tensor {
    guard dtype == "F32" else { throw .archive(key: name, problem: "its type is \(dtype), not F32") }
    guard offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= payload.count else {
      throw .archive(key: name, problem: "its data_offsets \(offsets) do not lie in \(payload.count) bytes")
    }
    var size = 4
    for dimension in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else { throw .archive(key: name, problem: "its shape is \(shape)") }
      size = product
    }
    guard size == offsets[1] - offsets[0] else {
      throw .archive(
        key: name, problem: "its shape \(shape) takes \(size) bytes, but it has \(offsets[1] - offsets[0])")
    }
    let start = payload.startIndex + offsets[0]
    let values = stride(from: start, to: start + size, by: 4).map { index in
      Float(bitPattern: payload[index..<index + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
    return Tensor(shape: shape, values: values)
  }
}

/// Text as JSON has it.
enum JSONText {
  /// A text in quotation marks: only what must be escaped is.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
