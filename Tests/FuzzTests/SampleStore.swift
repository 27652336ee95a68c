import Firn
import Foundation

/// A small store in which a bit of everything stands.
enum SampleStore {
  /// The model of its backbone `tiny`; it stays as it is.
  static let model = FileManager.default.temporaryDirectory.appending(
    path: "firn-fuzz-model-\(UUID().uuidString)")

  /// Its backbone whose features come from elsewhere.
  static let declared = "elsewhere"

  /// A `.npy` file of two features of one row for it.
  static let features = Data(
    [0x93] + "NUMPY\u{1}\0v\0".utf8 + "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }".utf8
      + String(repeating: " ", count: 58).utf8 + "\n".utf8 + [UInt8](repeating: 0, count: 8))

  /// The store's bytes, made once.
  static func bytes() throws -> [UInt8] { try made.get() }

  private static let made = Result { try make() }

  private static func make() throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "firn-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Samples.copyModel(to: model)
    let store = Store(at: folder.appending(path: "firn.db").path, threads: Threads(1))
    try store.addBackbone(at: model.path, named: "tiny")
    _ = try store.declareBackbone(named: declared, as: DeclaredBackbone(source: "NumPy", dimension: 2))
    let features = folder.appending(path: "features.npy")
    let items = folder.appending(path: "items.jsonl")
    try Self.features.write(to: features)
    try Data(row(20).utf8).write(to: items)
    try store.importFeatures(features.path, items: items.path, into: "imported", with: declared)
    func extract(_ rows: Range<Int>, prunes: Bool) throws {
      let file = folder.appending(path: "rows.jsonl")
      try rows.map(row).joined().write(to: file, atomically: true, encoding: .utf8)
      try store.extract(.path(file.path), into: "d", with: "tiny", prunes: prunes)
    }
    try extract(0..<24, prunes: false)
    for seed in [1, 2] as [UInt64] {
      let version = try store.train(
        "h", for: "section", on: "d", with: "tiny", using: .ridge(penalty: 1, seed: seed))
      try store.promote(version, to: "champion")
      try store.tag(version, with: ["good"])
    }
    for seed in [3, 4] as [UInt64] {
      try store.note(
        "spare",
        on: store.train("h", for: "section", on: "d", with: "tiny", using: .ridge(penalty: 1, seed: seed)))
    }
    _ = try store.prune("h", keeping: 1)
    try store.protect("champion", of: "h")
    try extract(12..<30, prunes: true)
    try compact(store.path)
    return Array(try Data(contentsOf: URL(filePath: store.path)))
  }

  private static func row(_ index: Int) -> String {
    let section = ["games", "mail"][index % 2]
    return #"{"id": "i\#(index)", "text": "\#(section) é \#(index)", "year": \#(index), "#
      + #""labels": {"section": "\#(section)", "depth": \#(index).5, "tags": ["a", "b"]}}"# + "\n"
  }

  /// Cuts a store into small pages: of large ones most bytes mean nothing, and damage to them tells nothing.
  private static func compact(_ path: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "sqlite3", path,
      "PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM; PRAGMA journal_mode = WAL",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }
}
