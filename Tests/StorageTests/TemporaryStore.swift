import Datasets
import Digests
import Foundation
import Testing

@testable import Storage

/// A place for one store, removed with everything beside it.
final class TemporaryStore {
  let folder: URL
  var path: String { folder.appending(path: "store of – tests?#%41.db").path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "firn-storage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func writer() throws -> StoreWriter { try StoreWriter(path: path, timeout: 0) }
  func reader() throws -> StoreReader { try StoreReader(path: path) }

  /// Writes `items` as one revision of `dataset`.
  @discardableResult
  func extract(_ items: [Item], into dataset: String = "d") throws -> Revision {
    let writer = try writer()
    let revision = try writer.beginRevision(of: dataset, command: "test")
    try writer.write(items, to: revision)
    return try writer.close(revision)
  }

  /// Why SQLite refuses a statement to someone who goes round this code; empty where it does not.
  func refusal(of statement: String) throws -> String {
    try python(
      #"""
      try:
        db.execute("""\#(statement)""")
      except sqlite3.IntegrityError as error:
        print(error)
      """#)
  }

  /// What Python's `sqlite3` answers: a second reader of the file, that knows nothing of this code.
  func python(_ script: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", "import sqlite3, struct, sys, zlib\ndb = sqlite3.connect(sys.argv[1])\n" + script,
      path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(script)")
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension StoreReader {
  /// The ids of the items, in the order they come.
  func ids(
    of dataset: String = "d", at revision: Int? = nil, where filter: String? = nil
  ) throws -> [String] {
    var ids: [String] = []
    try items(of: dataset, at: revision, where: filter.map { try ItemFilter($0) }) { ids.append($0.id) }
    return ids
  }

  /// The items with their texts.
  func allItems(of dataset: String = "d", at revision: Int? = nil) throws -> [StoredItem] {
    var items: [StoredItem] = []
    try self.items(of: dataset, at: revision, withText: true) { items.append($0) }
    return items
  }

  /// The labels for a task by item.
  func allLabels(
    of dataset: String = "d", task: String, at revision: Int? = nil
  ) throws -> [String: Label] {
    var labels: [String: Label] = [:]
    try self.labels(of: dataset, task: task, at: revision) { labels[$0.id] = $1 }
    return labels
  }
}

extension StoreWriter {
  /// A backbone that needs no model.
  func addBackbone(_ name: String = "b", dimension: Int = 3) throws -> BackboneRecord {
    try addBackbone(
      name: name, fingerprint: SHA256Digest(of: name), dimension: dimension, location: "/models/\(name)",
      manifest: "{}")
  }
}

extension EmbeddingBatch {
  /// A vector for each text, which depends on the text alone.
  init(of texts: [String], by backbone: BackboneRecord) {
    self.init(
      backbone: backbone,
      rows: texts.map {
        Row(digest: SHA256Digest(of: $0), tokens: $0.utf8.count, truncated: $0.utf8.count > 8)
      },
      vectors: texts.flatMap { testVector(of: $0, dimension: backbone.dimension) })
  }
}

/// The vector that ``EmbeddingBatch/init(of:by:)`` gives a text.
func testVector(of text: String, dimension: Int) -> [Float] {
  let bytes = SHA256Digest(of: text).bytes
  return (0..<dimension).map { Float(bytes[$0 % 32]) / 7 + Float($0) }
}

/// The error that `body` throws.
func storeError<R>(_ body: () throws -> R) -> StoreError? {
  #expect(throws: StoreError.self) { _ = try body() }
}
