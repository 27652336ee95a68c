/// An open store, for reading and writing: the only writer, in all processes, while it lives.
public final class StoreWriter: StoreReader {
  /// Whether ``rememberItems()`` was called.
  var remembersItems = false

  /// Opens the store at `path`, makes it if there is none, and brings an older schema up to date.
  ///
  /// If another process writes the store, waits up to `timeout` seconds, after calling `onWait` once.
  /// Revisions that a writer left open when it died are marked as interrupted.
  ///
  /// - Throws: ``StoreError/locked(path:seconds:)`` when the other one did not finish in time; another ``StoreError``
  ///   when the file is not a store or comes from a newer Firn.
  public init(path: String, timeout: Double = 10, onWait: () -> Void = {}) throws {
    let file = resolved(path)
    let lock = try StoreLock(store: file, timeout: timeout, onWait: onWait)
    super.init(
      path: path,
      connection: try StoreError.opening(path) { try StoreWriter.connect(to: file, holding: lock) })
    try interruptOpenRevisions()
  }

  /// Moves what the log holds into the file, so that a store at rest is one file.
  deinit {
    connection.setBusyTimeout(milliseconds: 0)  // a reader that still reads need not be waited for
    try? connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
  }

  private static func connect(to path: String, holding lock: StoreLock) throws -> Connection {
    let connection = try Connection(path: path, mode: .readWrite, holding: lock)
    connection.setBusyTimeout(milliseconds: 5000)
    try connection.execute("PRAGMA synchronous = NORMAL")
    try Schema().migrate(connection)
    // Behind the migrations, which may make a table anew that others refer to.
    try connection.execute("PRAGMA foreign_keys = ON")
    // Room for what a batch of an import changes, digests all over their index among it, and for a few of them in the log: else pages
    // are written out and read again within one transaction. Not before a new file has its page size: SQLite would hold as many pages
    // of 64 KiB as fit of its usual ones.
    try connection.execute("PRAGMA cache_size = -196608; PRAGMA wal_autocheckpoint = 4000")
    try connection.execute(seenTable)
    return connection
  }
}
