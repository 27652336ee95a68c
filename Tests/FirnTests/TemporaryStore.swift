import Firn
import Foundation
import Testing

/// A store in a folder of its own, with the small backbone `tiny`.
final class TemporaryStore {
  let folder: URL
  let store: Store

  init(threads: Int = 2) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "firn-library-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = Store(at: folder.appending(path: "firn.db").path, threads: Threads(threads))
    try store.addBackbone(at: Self.model().path, named: "tiny")
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The directory of a small model of random weights.
  static func model(_ name: String = "three-layers") -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "BackbonesTests/Goldens/models/\(name)")
  }

  /// Writes rows into a file of JSON Lines; its source.
  func source(_ rows: some Sequence<String>) throws -> ItemSource {
    .path(try file(rows))
  }

  /// Writes rows into a file of JSON Lines; its path.
  func file(_ rows: some Sequence<String>) throws -> String {
    let file = folder.appending(path: "\(UUID().uuidString).jsonl")
    try rows.map { $0 + "\n" }.joined().write(to: file, atomically: false, encoding: .utf8)
    return file.path
  }

  /// Writes a NumPy file of features; its path.
  func features(rows: Int, dimension: Int) throws -> String {
    let file = folder.appending(path: "\(UUID().uuidString).npy")
    let values = (0..<rows * dimension).map { Float($0 % 17) - 8 }
    var bytes = Data(FeatureFormat.numPy.head(rows: rows, dimension: dimension))
    values.withUnsafeBytes { bytes.append(contentsOf: $0) }
    try bytes.write(to: file)
    return file.path
  }

  /// Changes the store as another tool would.
  func sqlite(_ statement: String) throws {
    let sqlite = Process()
    sqlite.executableURL = URL(filePath: "/usr/bin/env")
    sqlite.arguments = ["sqlite3", "-batch", store.path, statement]
    try sqlite.run()
    sqlite.waitUntilExit()
    #expect(sqlite.terminationStatus == 0)
  }

  /// Extracts rows into a dataset.
  @discardableResult
  func extract(_ rows: some Sequence<String>, into dataset: String = "d") throws -> ExtractionSummary {
    try store.extract(try source(rows), into: dataset, with: "tiny")
  }
}

/// Short texts of three sections.
enum Examples {
  static let sections = ["games", "graphics", "mail"]
  private static let words = [
    "chess board pawn rook knight", "image photo camera colour pixel", "mail letter post inbox spam",
  ].map { $0.split(separator: " ") }

  /// The text of row `index`; no two rows have the same.
  static func text(_ index: Int) -> String {
    let words = words[index % 3]
    return [index, index / 3, index / 5, index / 7].map { words[$0 % words.count] }.joined(separator: " ")
      + " \(index)"
  }

  /// A row of JSON Lines, with the label of its section or another.
  static func row(_ index: Int, section: String? = nil, size: Int = 1) -> String {
    #"{"id": "i\#(index)", "text": "\#(text(index))", "size": \#(size), "#
      + #""labels": {"section": "\#(section ?? sections[index % 3])"}}"#
  }
}
