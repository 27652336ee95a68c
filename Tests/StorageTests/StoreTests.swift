import Datasets
import Digests
import Foundation
import Migrations
import Testing

@testable import Storage

/// The file: how it is made, recognised, opened, refused.
@Suite struct StoreTests {
  let store: TemporaryStore
  /// The version of the schema.
  private let newest = Migration.all.count

  init() throws {
    store = try TemporaryStore()
  }

  @Test func aNewStoreIsAnSQLiteFileWithAMark() throws {
    _ = try store.writer()
    #expect(
      try store.python(
        """
        ask = lambda what: db.execute('PRAGMA ' + what).fetchone()[0]
        print(ask('application_id') == 0x4669726e, ask('user_version'), ask('page_size'), ask('journal_mode'),
              ask('integrity_check'), db.execute('SELECT version, name FROM migration').fetchall())
        """) == "True 7 65536 wal ok "
        + "[(1, 'initial'), (2, 'versions'), (3, 'trials'), (4, 'statistics'), (5, 'words'), (6, 'search_index'), "
        + "(7, 'transforms')]"
    )
  }

  @Test func aStoreAtRestIsOneFileAndItsLock() throws {
    try store.extract([.init(id: "a", text: "x")])
    let files = try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
    let name = URL(filePath: store.path).lastPathComponent
    #expect(Set(files) == [name, "\(name).lock"])
  }

  @Test func eachMigrationKeepsTheChecksumOfItsSQL() throws {
    _ = try store.writer()
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../migrations")
    for migration in Migration.all {
      let stored = try store.python(
        "print(db.execute('SELECT checksum FROM migration WHERE version = \(migration.version)').fetchone()[0].hex())"
      )
      let file = folder.appending(path: "V000\(migration.version)__\(migration.name).sql")
      let checksum = try SHA256Digest(ofFile: file)
      #expect(stored == checksum.hex)
    }
    #expect(Migration.all.map(\.version) == Array(1...Migration.all.count))
  }

  @Test func openingAgainChangesNothing() throws {
    _ = try store.writer()
    let before = try SHA256Digest(ofFile: URL(filePath: store.path))
    _ = try store.writer()
    _ = try store.reader()
    #expect(try SHA256Digest(ofFile: URL(filePath: store.path)) == before)
  }

  @Test func readingNeedsAFile() throws {
    let error = try #require(storeError { try store.reader() })
    guard case .cannotOpen(store.path, let reason) = error else { throw error }
    #expect(reason.hasPrefix("there is no such file"))
    #expect(!FileManager.default.fileExists(atPath: store.path))
  }

  @Test func writingNeedsAFolder() throws {
    let path = store.folder.appending(path: "nowhere/a.db").path
    let error = try #require(storeError { try StoreWriter(path: path) })
    guard case .cannotOpen = error else { throw error }
  }

  @Test func anythingElseThanSQLiteIsRefused() throws {
    try Data("this is a text and not a store, whatever its name says".utf8).write(
      to: URL(filePath: store.path))
    for error in [storeError { try store.reader() }, storeError { try store.writer() }] {
      guard case .notAStore(_, "it is not an SQLite database") = error else { throw try #require(error) }
    }
  }

  @Test func aFolderIsRefused() throws {
    try FileManager.default.createDirectory(atPath: store.path, withIntermediateDirectories: true)
    for error in [storeError { try store.reader() }, storeError { try store.writer() }] {
      guard case .cannotOpen = error else { throw try #require(error) }
    }
  }

  @Test func theDatabaseOfAnotherProgramIsRefusedAndLeftAlone() throws {
    _ = try store.python("db.executescript('CREATE TABLE t (a); INSERT INTO t VALUES (1)')")
    let before = try SHA256Digest(ofFile: URL(filePath: store.path))
    for error in [storeError { try store.reader() }, storeError { try store.writer() }] {
      guard case .notAStore(_, "it is an SQLite database of another program") = error else {
        throw try #require(error)
      }
    }
    #expect(try SHA256Digest(ofFile: URL(filePath: store.path)) == before)
  }

  @Test func anEmptyFileBecomesAStoreWhenItIsWritten() throws {
    try Data().write(to: URL(filePath: store.path))
    guard case .notAStore(_, "it is empty") = storeError({ try store.reader() }) else {
      throw try #require(storeError { try store.reader() })
    }
    _ = try store.writer()
    #expect(try store.reader().datasets().isEmpty)
  }

  @Test func aNewerStoreIsRefusedByItsVersion() throws {
    _ = try store.writer()
    _ = try store.python("db.execute('PRAGMA user_version = 99')")
    let error = StoreError.newer(path: store.path, version: 99, supported: newest)
    #expect(storeError { try store.reader() } == error)
    #expect(storeError { try store.writer() } == error)
    #expect(error.description.contains("version 99"))
  }

  @Test func aMigrationThatChangedIsRefused() throws {
    _ = try store.writer()
    _ = try store.python("db.execute('UPDATE migration SET checksum = zeroblob(32)'); db.commit()")
    let error = StoreError.changedMigration(path: store.path, version: 1, name: "initial")
    #expect(storeError { try store.reader() } == error)
    #expect(storeError { try store.writer() } == error)
  }

  @Test func laterMigrationsRunOnceInOrderAndTakeReadersAlong() throws {
    _ = try store.writer()
    let next = Migration(
      version: newest + 1, name: "more", sql: "CREATE TABLE more (a) STRICT".replacing(" STRICT", with: ""))
    let last = Migration(
      version: newest + 2, name: "most", sql: "INSERT INTO more VALUES (1); INSERT INTO more VALUES (2)")
    let schema = Schema(Migration.all + [next, last])
    let connection = try Connection(path: store.path, mode: .readWrite)
    #expect(throws: StoreError.older(path: store.path, version: newest, supported: newest + 2)) {
      try schema.check(connection)
    }
    try schema.migrate(connection)
    try schema.migrate(connection)
    try schema.check(connection)
    #expect(try store.python("print(db.execute('SELECT count(*) FROM more').fetchone()[0])") == "2")
    #expect(
      try store.python("print(db.execute('SELECT max(version) FROM migration').fetchone()[0])")
        == "\(newest + 2)")
  }

  @Test func aMigrationThatFailsLeavesTheStoreAsItWas() throws {
    _ = try store.writer()
    let whole = Migration(version: newest + 1, name: "whole", sql: "CREATE TABLE half (a)")
    let broken = Migration(version: newest + 2, name: "broken", sql: "CREATE TABLE half (a)")
    let connection = try Connection(path: store.path, mode: .readWrite)
    #expect(throws: StoreError.self) { try Schema(Migration.all + [whole, broken]).migrate(connection) }
    try Schema().check(connection)
    #expect(
      try store.python(
        "print(db.execute(\"SELECT count(*) FROM sqlite_schema WHERE name = 'half'\").fetchone()[0])")
        == "0")
  }
}
