import CSQLite

/// A row that SQLite shows from within its own loop, as the arguments of the aggregate function `show`: to step out of the loop and in
/// again, and to ask for each column by a call that looks for errors, takes as long as to find the row.
struct ShownRow {
  fileprivate let values: UnsafeMutablePointer<OpaquePointer?>

  func integer(_ column: Int) -> Int64 {
    sqlite3_value_int64(values[column])
  }

  /// The bytes of a BLOB, which stay until the next row is shown.
  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let first = sqlite3_value_blob(values[column])
    return UnsafeRawBufferPointer(
      start: first, count: first == nil ? 0 : Int(sqlite3_value_bytes(values[column])))
  }

  /// Makes the function known to a connection.
  static func join(_ connection: OpaquePointer) -> Int32 {
    sqlite3_create_function_v2(
      connection, "show", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, nil, nil,
      { context, _, values in
        guard let context else { return }
        guard let values, let viewer = sqlite3_value_pointer(values[0], Viewer.type) else {
          return sqlite3_result_error(context, "nobody looks at the rows", -1)
        }
        let isTaken = Unmanaged<Viewer>.fromOpaque(viewer)._withUnsafeGuaranteedRef {
          $0.takes(ShownRow(values: values + 1))
        }
        if !isTaken { sqlite3_result_error(context, "no more rows are wanted", -1) }
      },
      { _ in }, nil)
  }
}

extension Statement {
  /// Runs the statement, which selects `show(?1, …)` and has all other parameters bound, and calls `body` with each row that it shows.
  ///
  /// - Throws: What `body` throws, after which no more are shown.
  func show(to body: (ShownRow) throws -> Void) throws {
    try withoutActuallyEscaping(body) { body in
      let viewer = Viewer(body)
      try withExtendedLifetime(viewer) {
        try bind(pointer: Unmanaged.passUnretained(viewer).toOpaque(), type: Viewer.type, at: 1)
        defer { try? bind(.null, at: 1) }
        do {
          try run()
        } catch {
          throw viewer.error ?? error
        }
      }
    }
  }
}

/// Who looks at the rows.
private final class Viewer {
  /// SQLite hands a pointer on only to who asks for it by this name, which must stay where it is.
  static var type: UnsafePointer<CChar> {
    let name: StaticString = "firn-viewer"
    return UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  private let body: (ShownRow) throws -> Void
  private(set) var error: (any Error)?

  init(_ body: @escaping (ShownRow) throws -> Void) {
    self.body = body
  }

  func takes(_ row: ShownRow) -> Bool {
    do {
      try body(row)
      return true
    } catch {
      self.error = error
      return false
    }
  }
}
