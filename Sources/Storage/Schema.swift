import Digests
import Migrations

/// What makes an SQLite file a store: its application id, the schema's version, the migrations it went through.
struct Schema {
  /// “Firn” in ASCII, in the file's header.
  static let applicationID: Int64 = 0x4669_726e

  let migrations: [Migration]

  init(_ migrations: [Migration] = Migration.all) {
    self.migrations = migrations
  }

  /// The version that this Firn reads and writes.
  var version: Int { migrations.last?.version ?? 0 }

  /// Makes sure that the file is a store of this very version.
  func check(_ connection: Connection) throws {
    let found = try inspect(connection)
    guard found != 0 else { throw StoreError.notAStore(path: connection.path, reason: "it is empty") }
    guard found == version else {
      throw StoreError.older(path: connection.path, version: found, supported: version)
    }
  }

  /// Brings an empty file or an older store to this version, all at once or not at all.
  func migrate(_ connection: Connection) throws {
    let found = try inspect(connection)
    // Not before it is known that the file is ours. The first two count only for a file that is made now.
    if found == 0 { try connection.execute("PRAGMA page_size = 65536; PRAGMA auto_vacuum = INCREMENTAL") }
    try connection.execute("PRAGMA journal_mode = WAL")
    guard found < version else { return }
    try connection.transaction {
      if found == 0 {
        try connection.execute("PRAGMA application_id = \(Schema.applicationID)")
        try connection.execute(Schema.migrationTable)
      }
      for migration in migrations where migration.version > found {
        try connection.execute(migration.sql)
        try connection.run(
          "INSERT INTO migration (version, name, checksum, applied) VALUES (?, ?, ?, \(now))",
          .integer(migration.version), .text(migration.name), .digest(migration.checksum))
      }
      try connection.execute("PRAGMA user_version = \(version)")
    }
  }

  /// The version of the store, 0 for a file that holds nothing yet.
  private func inspect(_ connection: Connection) throws -> Int {
    let path = connection.path
    return try connection.snapshot {
      let applicationID = try connection.first("PRAGMA application_id") { $0.integer(0) } ?? 0
      let version = try connection.first("PRAGMA user_version") { $0.int(0) } ?? 0
      let tables = try connection.first("SELECT count(*) FROM sqlite_schema") { $0.int(0) } ?? 0
      if applicationID == 0, version == 0, tables == 0 { return 0 }
      guard applicationID == Schema.applicationID else {
        throw StoreError.notAStore(path: path, reason: "it is an SQLite database of another program")
      }
      guard version <= self.version else {
        throw StoreError.newer(path: path, version: version, supported: self.version)
      }
      try checkApplied(connection, upTo: version)
      return version
    }
  }

  /// Holds the migrations the store went through against those known here.
  private func checkApplied(_ connection: Connection, upTo version: Int) throws {
    let applied = try connection.all("SELECT version, checksum FROM migration ORDER BY version") {
      (version: $0.int(0), checksum: try $0.digest(1))
    }
    guard applied.map(\.version) == Array(1...max(1, version)) else {
      throw StoreError.damaged(
        path: connection.path, what: "its list of migrations does not lead to its version, \(version)")
    }
    for (applied, known) in zip(applied, migrations) where applied.checksum != known.checksum {
      throw StoreError.changedMigration(path: connection.path, version: known.version, name: known.name)
    }
  }

  private static let migrationTable = """
    CREATE TABLE migration (
      version  INTEGER PRIMARY KEY,
      name     TEXT NOT NULL,
      checksum BLOB NOT NULL CHECK (length(checksum) = 32),  -- SHA-256 of the migration's SQL
      applied  TEXT NOT NULL
    ) STRICT
    """
}

/// The SQL expression of this moment as every `created` is written: ISO 8601, UTC.
let now = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
