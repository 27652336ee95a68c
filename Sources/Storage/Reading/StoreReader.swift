import CSQLite
import Foundation

/// An open store, for reading.
///
/// A reader sees what writers have committed and never waits for them: within ``snapshot(_:)`` it sees one state
/// throughout. It changes nothing, so it also reads files and folders that cannot be written.
///
/// A reader belongs to one thread at a time; several threads open a reader each. Methods throw ``StoreError``, and
/// whatever the closures given to them throw.
public class StoreReader {
  /// The store's file.
  public let path: String
  let connection: Connection

  /// Opens the store at `path`.
  ///
  /// - Throws: ``StoreError`` when there is no such file, when it is not a store, or when its schema is older or newer
  ///   than this Firn's.
  public convenience init(path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreError.cannotOpen(
        path: path,
        reason: "there is no such file; adding a backbone makes it, and --store or FIRN_STORE names another")
    }
    let connection = try StoreError.opening(path) {
      let connection = try StoreReader.connect(to: resolved(path))
      try Schema().check(connection)
      return connection
    }
    self.init(path: path, connection: connection)
  }

  init(path: String, connection: Connection) {
    self.path = path
    self.connection = connection
  }

  /// Whether both have one file open, by whatever paths.
  public func isSameFile(as other: StoreReader) -> Bool { resolved(path) == resolved(other.path) }

  /// Runs `body` on one unchanging state of the store, whatever is committed meanwhile. Snapshots nest.
  public func snapshot<Result>(_ body: () throws -> Result) throws -> Result {
    try connection.snapshot(body)
  }

  private static func connect(to path: String) throws -> Connection {
    do {
      return try open(path, .readOnly)
    } catch StoreError.sqlite(let code, let message, _)
      where [SQLITE_CANTOPEN, SQLITE_READONLY].contains(Int32(code & 0xff))
    {
      // Reading beside a writer takes files next to the store. Where none can be made nobody writes either, so the
      // file may be read as it stands, unless a log beside it holds newer pages, or a journal older ones that a writer
      // who died was to put back.
      for file in ["\(path)-wal", "\(path)-journal"] where !isEmptyOrAbsent(file) {
        throw StoreError.cannotOpen(
          path: path,
          reason: "\(message); “\(file)” holds changes: open the store once where it can be written")
      }
      return try open(path, .immutable)
    }
  }

  private static func open(_ path: String, _ mode: Connection.Mode) throws -> Connection {
    let connection = try Connection(path: path, mode: mode)
    connection.setBusyTimeout(milliseconds: 5000)
    try connection.execute(
      "PRAGMA query_only = ON; PRAGMA cache_size = -16384; SELECT 1 FROM sqlite_schema LIMIT 1")
    return connection
  }

  private static func isEmptyOrAbsent(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? Int ?? 0) == 0
  }
}

/// The file that `path` leads to, so that one store has one lock whatever links lead there.
func resolved(_ path: String) -> String {
  func real(_ path: String) -> String? {
    guard let name = realpath(path, nil) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }
  let url = URL(filePath: path)
  return real(path)
    ?? real(url.deletingLastPathComponent().path).map { "\($0)/\(url.lastPathComponent)" } ?? path
}
