import CSQLite

extension StoreError {
  /// Runs `body`, which opens the file at `path`, and says in the words of a store what SQLite says of the file.
  static func opening<R>(_ path: String, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch StoreError.sqlite(let code, let message, let sql) {
      switch Int32(code & 0xff) {
      case SQLITE_NOTADB:
        throw StoreError.notAStore(path: path, reason: "it is not an SQLite database")
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_IOERR:
        throw StoreError.cannotOpen(path: path, reason: message)
      default:
        throw StoreError.sqlite(code: code, message: message, sql: sql)
      }
    }
  }
}
