import CSQLite
import Foundation

/// A connection to one SQLite file: with ``Statement`` and ``ShownRow`` the only place that talks to SQLite.
///
/// Used by one thread at a time; being a class without `Sendable`, the compiler sees to it.
final class Connection {
  /// How a file is opened.
  enum Mode {
    /// Reads and writes; the file is made when it is not there.
    case readWrite
    /// Reads only, and sees what a writer commits meanwhile.
    case readOnly
    /// Reads a file that nobody changes: no locks, no files beside it.
    case immutable
  }

  let path: String
  private let handle: OpaquePointer
  private var statements: [SQLText: Statement] = [:]
  /// Filters make statements without end; all others together are fewer than this.
  private static let mostStatements = 100
  private let lock: StoreLock?

  /// Opens the file; holds `lock`, if there is one, until the file is closed again.
  init(path: String, mode: Mode, holding lock: StoreLock? = nil) throws {
    let access =
      switch mode {
      case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readOnly, .immutable: SQLITE_OPEN_READONLY
      }
    var handle: OpaquePointer?
    let code = sqlite3_open_v2(
      Connection.uri(of: path, mode: mode), &handle,
      access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle, ShownRow.join(handle) == SQLITE_OK else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw StoreError.sqlite(code: Int(code), message: message, sql: nil)
    }
    self.path = path
    self.handle = handle
    self.lock = lock
  }

  /// Every byte that means something in a URI is escaped, so that no file name is taken for options.
  private static func uri(of path: String, mode: Mode) -> String {
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~")
    let escaped = path.addingPercentEncoding(withAllowedCharacters: plain) ?? path
    return "file:\(escaped)" + (mode == .immutable ? "?immutable=1" : "")
  }

  deinit {
    statements = [:]
    sqlite3_close_v2(handle)
  }

  /// How long a statement waits for another connection's lock.
  func setBusyTimeout(milliseconds: Int) {
    sqlite3_busy_timeout(handle, Int32(milliseconds))
  }

  /// Runs `body` with room for no more than so many pages in memory.
  func withCache<R>(kibibytes: Int, _ body: () throws -> R) throws -> R {
    let usual = try first("PRAGMA cache_size") { $0.int(0) } ?? -kibibytes
    try execute("PRAGMA cache_size = -\(kibibytes)")
    defer { try? execute("PRAGMA cache_size = \(usual)") }
    return try body()
  }

  // MARK: - Statements

  /// Runs statements that take no parameters and give no rows.
  func execute(_ script: String) throws {
    guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else { throw error(in: script) }
  }

  /// Lends `body` a statement, prepared once and kept. A statement on loan is not lent again: whoever asks for the same
  /// SQL inside `body` gets one of its own.
  func withStatement<R>(_ sql: String, _ body: (Statement) throws -> R) throws -> R {
    let statement: Statement
    if let kept = statements[SQLText(sql)], !kept.isOnLoan {
      statement = kept
    } else {
      statement = try prepare(sql)
      if statements.count >= Connection.mostStatements { statements = [:] }
      statements[SQLText(sql)] = statement
    }
    statement.isOnLoan = true
    defer {
      statement.reset()
      statement.clearBindings()
      statement.isOnLoan = false
    }
    return try body(statement)
  }

  /// Runs one statement; returns how many rows it changed.
  @discardableResult
  func run(_ sql: String, _ values: SQLValue...) throws -> Int {
    try withStatement(sql) { statement in
      try statement.bind(values)
      while try statement.step() {}
      return Int(sqlite3_changes64(handle))
    }
  }

  /// Calls `body` with each row.
  func rows(_ sql: String, _ values: [SQLValue] = [], _ body: (Statement) throws -> Void) throws {
    try withStatement(sql) { statement in
      try statement.bind(values)
      while try statement.step() { try body(statement) }
    }
  }

  /// What `body` makes of each row.
  func all<R>(_ sql: String, _ values: SQLValue..., row body: (Statement) throws -> R) throws -> [R] {
    var results: [R] = []
    try rows(sql, values) { results.append(try body($0)) }
    return results
  }

  /// What `body` makes of the first row, or nil when there is none.
  func first<R>(_ sql: String, _ values: SQLValue..., row body: (Statement) throws -> R) throws -> R? {
    try withStatement(sql) { statement in
      try statement.bind(values)
      return try statement.step() ? try body(statement) : nil
    }
  }

  /// The rowid of the newest row this connection inserted.
  var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  private func prepare(_ sql: String) throws -> Statement {
    var statement: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard code == SQLITE_OK, let statement else { throw error(in: sql) }
    return Statement(sql, on: self, handle: statement)
  }

  // MARK: - Transactions

  /// Runs `body` in one writing transaction: all of it happens, or nothing. Within another one it is a part of that.
  @discardableResult
  func transaction<R>(_ body: () throws -> R) throws -> R {
    guard !isInTransaction else { return try body() }
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // An error may have ended the transaction already; the first one is the one to tell of.
      if isInTransaction { try? execute("ROLLBACK") }
      throw error
    }
  }

  /// Runs `body` on one unchanging state of the file. A transaction that is already under way serves as well.
  func snapshot<R>(_ body: () throws -> R) throws -> R {
    guard !isInTransaction else { return try body() }
    try execute("BEGIN")
    defer { try? execute("COMMIT") }
    try execute("SELECT 1 FROM sqlite_schema LIMIT 1")  // the first read is what takes the snapshot
    return try body()
  }

  private var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  // MARK: - Errors

  /// The newest error of this connection.
  func error(in sql: String?) -> StoreError {
    .sqlite(
      code: Int(sqlite3_extended_errcode(handle)), message: String(cString: sqlite3_errmsg(handle)), sql: sql)
  }
}

/// The text of a statement as a key. Its length tells almost all of them apart, and one that is written in the program is equal to
/// itself at a glance; to hash all of it, row by row, took a third of an import.
private struct SQLText: Hashable {
  private let sql: String

  init(_ sql: String) {
    self.sql = sql
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(sql.utf8.count)
  }
}
