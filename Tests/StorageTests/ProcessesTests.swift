import Datasets
import Foundation
import Testing

@testable import Storage

/// Several processes at one store. Locks and snapshots belong to open files, so two openings in one process stand for two.
@Suite struct ProcessesTests {
  let store: TemporaryStore

  init() throws {
    store = try TemporaryStore()
  }

  @Test func aSecondWriterWaitsAndThenGivesUp() throws {
    let first = try store.writer()
    var waits = 0
    let error = storeError { try StoreWriter(path: store.path, timeout: 0.1) { waits += 1 } }
    #expect(error == .locked(path: try #require(realPath(store.path)), seconds: 0.1))
    #expect(waits == 1)
    withExtendedLifetime(first) {}
  }

  @Test func aSecondWriterGoesOnWhenTheFirstIsDone() throws {
    var first: StoreWriter? = try store.writer()
    let second = try StoreWriter(path: store.path, timeout: 60) { first = nil }
    #expect(first == nil)
    #expect(try second.datasets().isEmpty)
  }

  @Test func aLinkLeadsToTheSameLock() throws {
    let first = try store.writer()
    let link = store.folder.appending(path: "link.db").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: store.path)
    guard case .locked = storeError({ try StoreWriter(path: link, timeout: 0) }) else {
      throw try #require(storeError { try StoreWriter(path: link, timeout: 0) })
    }
    withExtendedLifetime(first) {}
  }

  @Test func aWriterThatDiedHoldsNoLock() throws {
    _ = try store.writer()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      """
      import fcntl, sys, time
      lock = open(sys.argv[1], 'a')
      fcntl.flock(lock, fcntl.LOCK_EX)
      print('locked', flush=True)
      time.sleep(600)
      """,
      store.path + ".lock",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    _ = output.fileHandleForReading.availableData
    guard case .locked = storeError({ try store.writer() }) else {
      throw try #require(storeError { try store.writer() })
    }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    _ = try store.writer()
  }

  @Test func aSnapshotStandsStillWhileAWriterCommits() throws {
    let writer = try store.writer()
    let first = try writer.beginRevision(of: "d", command: "1")
    try writer.write([Item(id: "a", text: "one")], to: first)
    _ = try writer.close(first)
    let reader = try store.reader()
    try reader.snapshot {
      #expect(try reader.ids() == ["a"])
      let second = try writer.beginRevision(of: "d", command: "2")
      try writer.write([Item(id: "a", text: "two"), Item(id: "b", text: "b")], to: second)
      _ = try writer.close(second)
      #expect(try reader.ids() == ["a"])
      #expect(try reader.latestRevision(of: "d").number == 1)
      let nested = try reader.snapshot { try reader.allItems().map(\.text) }
      #expect(nested == ["one"])
    }
    #expect(try reader.ids() == ["a", "b"])
  }

  @Test func aReaderReadsWhatIsOnlyInTheLogAndDoesNotMoveIt() throws {
    let writer = try store.writer()
    let revision = try writer.beginRevision(of: "d", command: "1")
    try writer.write([Item(id: "a", text: "one")], to: revision)
    _ = try writer.close(revision)
    let log = URL(filePath: store.path + "-wal")
    let before = try Data(contentsOf: log)
    #expect(!before.isEmpty)
    for _ in 0..<3 { #expect(try store.reader().ids() == ["a"]) }
    #expect(try Data(contentsOf: log) == before)
    withExtendedLifetime(writer) {}
  }

  @Test func aReaderCannotWrite() throws {
    try store.extract([Item(id: "a", text: "one")])
    let reader = try store.reader()
    #expect(throws: StoreError.self) { try reader.connection.execute("DELETE FROM item") }
  }

  /// A link to nowhere in the place of the shared-memory file stands for a medium on which none can be made.
  @Test func aStoreOnAReadOnlyMediumIsRead() throws {
    try store.extract([Item(id: "a", text: "one")])
    try FileManager.default.createSymbolicLink(
      atPath: store.path + "-shm", withDestinationPath: "/nowhere/at/all")
    #expect(try store.reader().ids() == ["a"])
    try Data(repeating: 1, count: 100).write(to: URL(filePath: store.path + "-wal"))
    guard case .cannotOpen(_, let reason) = storeError({ try store.reader() }) else {
      throw try #require(storeError { try store.reader() })
    }
    #expect(reason.contains("-wal"))
  }

  /// Whoever only reads cannot put its pages back, and must not read the file without them.
  @Test func aStoreBesideTheJournalOfAWriterThatDiedIsNotRead() throws {
    try store.extract([Item(id: "a", text: "one")])
    try Data(repeating: 1, count: 100).write(to: URL(filePath: store.path + "-journal"))
    guard case .cannotOpen(_, let reason) = storeError({ try store.reader() }) else {
      throw try #require(storeError { try store.reader() })
    }
    #expect(reason.contains("-journal"))
    _ = try store.writer()
    #expect(try store.reader().ids() == ["a"])
  }

  private func realPath(_ path: String) -> String? {
    guard let name = realpath(path, nil) else { return nil }
    defer { free(name) }
    return String(cString: name)
  }
}
