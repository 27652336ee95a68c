import Foundation
internal import JSON

/// The bytes of one file of a model directory.
struct ModelFile {
  /// No tokenizer comes near it; more would be some other file, and exhaust memory.
  static let maximumByteCount = 64 << 20

  let path: String
  let bytes: [UInt8]

  /// The file `name` in `directory`, or nil when there is none.
  init?(_ name: String, in directory: URL) throws(TokenizationError) {
    let url = directory.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    path = url.path
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(file: path, reason: "it is not a regular file")
    }
    do {
      let file = try FileHandle(forReadingFrom: url)
      defer { try? file.close() }
      bytes = Array(try file.read(upToCount: Self.maximumByteCount + 1) ?? Data())
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
    guard bytes.count <= Self.maximumByteCount else {
      throw .unreadable(file: path, reason: "it is larger than \(Self.maximumByteCount >> 20) MB")
    }
  }

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The file as one JSON value.
  func json() throws(TokenizationError) -> JSONField {
    do {
      return JSONField(value: try JSONValue(parsing: bytes[...]), file: path, path: "")
    } catch {
      throw .malformedJSON(file: path, error)
    }
  }
}
