import Foundation
import Testing

/// What a store holds, as another tool sees it, whatever its rows are numbered.
struct StoreContents: Equatable {
  /// What readers of datasets and heads see.
  let readable: String
  /// The vectors, which an extraction stores before readers see their items.
  let vectors: String

  /// A file that is no store yet, or none at all; what a writer who died has half made is not yet one.
  static let nothing = StoreContents(readable: "0\n", vectors: "")

  init(at path: String) throws {
    let files = FileManager.default
    guard files.fileExists(atPath: path), !files.fileExists(atPath: path + "-journal") else {
      self = .nothing
      return
    }
    let sqlite = Process()
    sqlite.executableURL = URL(filePath: "/usr/bin/env")
    sqlite.arguments = ["sqlite3", "-batch", "-readonly", path, Self.queries]
    let (output, complaint) = (Pipe(), Pipe())
    (sqlite.standardOutput, sqlite.standardError) = (output, complaint)
    try sqlite.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    sqlite.waitUntilExit()
    let parts = text.components(separatedBy: Self.mark)
    self.init(readable: parts[0], vectors: parts.dropFirst().joined())
    // Where there is no table the second query fails.
    let reason = String(decoding: complaint.fileHandleForReading.availableData, as: UTF8.self)
    try #require(sqlite.terminationStatus == 0 || self == .nothing, "\(reason)")
  }

  private init(readable: String, vectors: String) {
    (self.readable, self.vectors) = (readable, vectors)
  }

  private static let mark = "vectors\n"
  private static let queries = """
    SELECT count(*) FROM sqlite_schema;
    SELECT 'backbone', name, hex(fingerprint) FROM backbone ORDER BY name;
    SELECT 'file', page_size, auto_vacuum, journal_mode
    FROM pragma_page_size, pragma_auto_vacuum, pragma_journal_mode;
    SELECT 'item', * FROM items ORDER BY dataset, item;
    SELECT 'label', * FROM labels ORDER BY dataset, item, task;
    SELECT 'version', head.name, version, hex(digest), hex(weights)
    FROM head_version JOIN head ON head.id = head_version.head ORDER BY head.name, version;
    SELECT 'alias', head, alias, version FROM aliases ORDER BY head, alias;
    SELECT 'move', alias, version, reason, note, allowed_by FROM alias_log ORDER BY id;
    SELECT 'said', version, kind, text FROM head_annotation ORDER BY id;
    SELECT 'pruned', version, hex(digest) FROM pruned_version ORDER BY version;
    SELECT 'vectors';
    SELECT backbone, hex(digest), hex(vector) FROM embeddings ORDER BY backbone, digest;
    """
}
