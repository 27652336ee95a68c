import Foundation

@testable import Datasets

/// A folder of its own for each test, gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "firn-datasets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path()
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes `bytes` to a file below the folder and gives its path.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path()
  }

  /// Writes `text` to a file below the folder and gives its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(text.utf8, to: name)
  }
}

/// What a reader finds in a whole input.
struct Entries: Equatable {
  var items: [Item] = []
  var places: [Place] = []
  var rejections: [String] = []

  init(_ path: String, format: InputFormat? = nil, fields: FieldMapping = FieldMapping()) throws {
    var reader = try ItemReader(.path(path), format: format, fields: fields) { "derived from \($0)" }
    while let entry = try reader.next() {
      switch entry {
      case .item(let item, let place):
        items.append(item)
        places.append(place)
      case .rejected(let rejection):
        rejections.append(rejection.description)
      }
    }
  }

  /// What is found in a file of this content.
  init(of bytes: some Sequence<UInt8>, _ format: InputFormat, fields: FieldMapping = FieldMapping()) throws {
    let folder = try TemporaryFolder()
    self = try Entries(folder.write(bytes, to: "input"), format: format, fields: fields)
  }

  /// What is found in a file of this text.
  init(of text: String, _ format: InputFormat, fields: FieldMapping = FieldMapping()) throws {
    self = try Entries(of: text.utf8, format, fields: fields)
  }
}

/// A golden file's text.
func golden(_ name: String) throws -> String {
  try String(contentsOfFile: goldenPath(name), encoding: .utf8)
}

/// Where a golden file is.
func goldenPath(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)").path()
}
