internal import Foundation
internal import TensorFiles

/// A directory as Hugging Face and sentence-transformers publish models, whose JSON files are read with errors that name
/// file and key.
struct ModelDirectory: Sendable {
  let url: URL

  /// No configuration comes near it; more would be some other file, and exhaust memory.
  private static let largestFile = 64 << 20

  /// Where a file of the directory is.
  func path(of file: String) -> String {
    url.appendingPathComponent(file).path
  }

  func contains(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: path(of: file))
  }

  /// A JSON file of the directory.
  func read<Value: Decodable>(_: Value.Type = Value.self, from file: String) throws(BackboneError) -> Value {
    guard contains(file) else {
      throw .unreadable(file: path(of: file), reason: "is not there; a model directory needs it")
    }
    // Mapped, so that what is no file, such as a device without end, is refused before it is read.
    let mapped = try MappedFile.model(path(of: file))
    guard mapped.bytes.count <= Self.largestFile else {
      throw .unreadable(file: path(of: file), reason: "is larger than \(Self.largestFile >> 20) MB")
    }
    do {
      let data = withExtendedLifetime(mapped) { Data(mapped.bytes) }
      return try JSONDecoder().decode(Value.self, from: data)
    } catch {
      throw BackboneError(error, decoding: path(of: file))
    }
  }
}

extension MappedFile {
  /// A file of a model.
  ///
  /// - Throws: ``BackboneError/unreadable(file:reason:)``.
  static func model(_ path: String) throws(BackboneError) -> MappedFile {
    do throws(TensorFileError) {
      return try MappedFile(path)
    } catch {
      switch error {
      case .unreadable(let path, let reason), .unwritable(let path, let reason),
        .malformed(let path, let reason):
        throw .unreadable(file: path, reason: reason)
      }
    }
  }
}

extension BackboneError {
  /// What the JSON decoder found wrong in `file`.
  init(_ error: any Error, decoding file: String) {
    func key(_ path: [any CodingKey]) -> String {
      path.isEmpty
        ? "(the whole file)"
        : path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
    switch error {
    case DecodingError.keyNotFound(let missing, let context):
      self = .malformed(file: file, key: key(context.codingPath + [missing]), problem: "is missing")
    case DecodingError.typeMismatch(let type, let context):
      self = .malformed(file: file, key: key(context.codingPath), problem: "is not of type \(type)")
    case DecodingError.valueNotFound(let type, let context):
      self = .malformed(file: file, key: key(context.codingPath), problem: "is null, not of type \(type)")
    case DecodingError.dataCorrupted(let context):
      self = .malformed(file: file, key: key(context.codingPath), problem: context.debugDescription)
    default:
      self = .malformed(file: file, key: "(the whole file)", problem: "is not JSON")
    }
  }
}
