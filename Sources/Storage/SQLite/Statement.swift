import CSQLite
import Digests

/// A prepared statement: bound, stepped, read, reset.
///
/// Parameters count from 1 and columns from 0, as in SQLite. Text goes in and out by its length, so a NUL does not cut it.
final class Statement {
  let sql: String
  /// Whether someone uses it now.
  var isOnLoan = false
  private let handle: OpaquePointer
  private unowned let connection: Connection

  init(_ sql: String, on connection: Connection, handle: OpaquePointer) {
    self.sql = sql
    self.connection = connection
    self.handle = handle
  }

  deinit {
    sqlite3_finalize(handle)
  }

  // MARK: - Binding

  func bind(_ values: [SQLValue]) throws {
    for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
  }

  func bind(_ value: SQLValue, at index: Int) throws {
    switch value {
    case .null: try check(sqlite3_bind_null(handle, Int32(index)))
    case .integer(let value): try bind(value, at: index)
    case .real(let value): try check(sqlite3_bind_double(handle, Int32(index), value))
    case .text(let value): try bind(value, at: index)
    case .blob(let value): try value.withUnsafeBytes { try bind($0, at: index) }
    }
  }

  func bind(_ value: Int64, at index: Int) throws {
    try check(sqlite3_bind_int64(handle, Int32(index), value))
  }

  func bind(_ value: String, at index: Int) throws {
    var value = value
    try value.withUTF8 { bytes in
      // A null pointer would bind NULL.
      try bytes.withMemoryRebound(to: CChar.self) {
        let code =
          if let first = $0.baseAddress {
            sqlite3_bind_text64(handle, Int32(index), first, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
          } else {
            sqlite3_bind_text64(handle, Int32(index), "", 0, copied, UInt8(SQLITE_UTF8))
          }
        try check(code)
      }
    }
  }

  /// Binds a BLOB; SQLite copies the bytes.
  func bind(_ bytes: UnsafeRawBufferPointer, at index: Int) throws {
    guard let first = bytes.baseAddress else {
      return try check(sqlite3_bind_zeroblob(handle, Int32(index), 0))
    }
    try check(sqlite3_bind_blob64(handle, Int32(index), first, UInt64(bytes.count), copied))
  }

  /// Binds a pointer that a function of the program asks for by its type, which SQL cannot see or make.
  func bind(pointer: UnsafeMutableRawPointer, type: UnsafePointer<CChar>, at index: Int) throws {
    try check(sqlite3_bind_pointer(handle, Int32(index), pointer, type, nil))
  }

  // MARK: - Stepping

  /// Goes to the next row; false when there is none.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw connection.error(in: sql)
    }
  }

  /// Runs a statement to its end, whatever rows it gives, and makes it ready to be bound again.
  func run() throws {
    defer { reset() }
    while try step() {}
  }

  /// Makes the statement ready to be bound again. What the last step failed with was thrown then.
  func reset() {
    sqlite3_reset(handle)
  }

  func clearBindings() {
    sqlite3_clear_bindings(handle)
  }

  // MARK: - Reading the row

  func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  func integer(_ column: Int) -> Int64 {
    sqlite3_column_int64(handle, Int32(column))
  }

  func int(_ column: Int) -> Int {
    Int(sqlite3_column_int64(handle, Int32(column)))
  }

  func real(_ column: Int) -> Double {
    sqlite3_column_double(handle, Int32(column))
  }

  func text(_ column: Int) -> String {
    withText(column) { String(decoding: $0, as: UTF8.self) }
  }

  func bytes(_ column: Int) -> [UInt8] {
    withBytes(column) { Array($0) }
  }

  func value(_ column: Int) -> SQLValue {
    switch sqlite3_column_type(handle, Int32(column)) {
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_FLOAT: .real(real(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(bytes(column))
    default: .null
    }
  }

  func digest(_ column: Int) throws -> SHA256Digest {
    guard let digest = withBytes(column, { SHA256Digest(bytes: $0) }) else {
      throw damage("a digest that is not 32 bytes long")
    }
    return digest
  }

  /// The error that says that the row holds what was never written.
  func damage(_ what: String) -> StoreError {
    .damaged(path: connection.path, what: what)
  }

  /// The bytes of a BLOB, which stay valid until the next step.
  func withBytes<R, Failure: Error>(
    _ column: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> R
  ) throws(Failure) -> R {
    let first = sqlite3_column_blob(handle, Int32(column))
    return try body(UnsafeRawBufferPointer(start: first, count: first == nil ? 0 : byteCount(column)))
  }

  /// Whether `column` holds exactly the UTF-8 bytes of `text`. (Equality of strings would take “é” for “e + ´”.)
  func holds(_ text: String, in column: Int) -> Bool {
    withText(column) { stored in
      stored.count == text.utf8.count && stored.elementsEqual(text.utf8)
    }
  }

  private func withText<R>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let first = sqlite3_column_text(handle, Int32(column))
    return body(UnsafeBufferPointer(start: first, count: first == nil ? 0 : byteCount(column)))
  }

  private func byteCount(_ column: Int) -> Int {
    Int(sqlite3_column_bytes(handle, Int32(column)))
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw connection.error(in: sql) }
  }
}

/// Tells SQLite to copy what is bound (`SQLITE_TRANSIENT`, a macro that Swift cannot read).
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
