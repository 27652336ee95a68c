internal import Foundation
internal import LinearAlgebra

/// A file of named tensors in the safetensors format: a 64-bit header length, a JSON header with each tensor's type, shape and
/// place, then the tensors' bytes.
struct SafetensorsFile: Sendable {
  let path: String
  private let file: MappedFile
  private let entries: [String: Entry]
  private let payload: Int

  private struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  /// The header's top level: every key is a tensor, but for `__metadata__`.
  private struct Header: Decodable {
    var entries: [String: Entry] = [:]

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue _: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys where key.stringValue != "__metadata__" {
        entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
      }
    }
  }

  /// Maps the file and reads its header; every tensor is checked to lie inside the file.
  init(_ path: String) throws(BackboneError) {
    self.path = path
    file = try MappedFile(path)
    let bytes = file.bytes
    guard bytes.count >= 8 else {
      throw .malformed(file: path, key: "(header)", problem: "the file is too short to be safetensors")
    }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(bytes.count - 8) else {
      throw .malformed(
        file: path, key: "(header)", problem: "it claims \(length) bytes, but the file has \(bytes.count)")
    }
    payload = 8 + Int(length)
    do {
      entries = try JSONDecoder().decode(Header.self, from: Data(bytes[8..<payload])).entries
    } catch {
      throw BackboneError(error, decoding: path)
    }
    for (name, entry) in entries {
      let available = bytes.count - payload
      guard entry.dataOffsets.count == 2, let from = entry.dataOffsets.first, let to = entry.dataOffsets.last,
        0 <= from, from <= to, to <= available
      else {
        throw .tensor(
          file: path, name: name,
          problem: "its data_offsets \(entry.dataOffsets) do not lie in the file's \(available) bytes")
      }
    }
  }

  /// Whether the file has a tensor of that name.
  func contains(_ name: String) -> Bool {
    entries[name] != nil
  }

  /// A tensor of two dimensions, left where it is in the file.
  func tensor(_ name: String, rows: Int, columns: Int) throws(BackboneError) -> MappedTensor {
    try tensor(name, shape: [rows, columns], rows: rows, columns: columns)
  }

  /// A tensor of one dimension.
  func vector(_ name: String, count: Int) throws(BackboneError) -> [Float] {
    try tensor(name, shape: [count], rows: 1, columns: count).matrix().elements
  }

  private func tensor(_ name: String, shape: [Int], rows: Int, columns: Int) throws(BackboneError)
    -> MappedTensor
  {
    guard let entry = entries[name] else {
      throw .tensor(file: path, name: name, problem: "is missing")
    }
    guard entry.shape == shape else {
      throw .tensor(
        file: path, name: name, problem: "has shape \(entry.shape), but config.json asks for \(shape)")
    }
    guard let format = MappedTensor.Format(rawValue: entry.dtype) else {
      throw .tensor(
        file: path, name: name,
        problem:
          "has type \(entry.dtype); Firn reads \(MappedTensor.Format.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, entry.dataOffsets[1] - entry.dataOffsets[0] == count * format.size else {
      throw .tensor(file: path, name: name, problem: "its data_offsets do not fit its shape and type")
    }
    return MappedTensor(
      file: file, offset: payload + entry.dataOffsets[0], format: format, rows: rows, columns: columns)
  }
}
