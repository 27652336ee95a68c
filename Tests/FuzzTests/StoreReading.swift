import Firn
import Foundation

/// Everything that is done with a store: reading it in all ways, then writing it.
struct StoreReading {
  private let store: Store
  private let rows: URL

  static let reader: @Sendable (URL) throws -> HostileFormat.Reader = { folder in
    let file = folder.appending(path: "firn.db")
    let rows = folder.appending(path: "rows.jsonl")
    try Data(#"{"id": "i20", "text": "new", "label": "x", "section": "mail"}"#.utf8).write(to: rows)
    let reading = StoreReading(store: Store(at: file.path, threads: Threads(1)), rows: rows)
    return { bytes in
      // What the input before left beside its store is not this one's.
      for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file.path + end) }
      try Data(bytes).write(to: file)
      reading.all()
    }
  }

  /// Does all; what one step throws does not keep the next from its turn.
  private func all() {
    overview()
    datasets()
    search()
    heads()
    writing()
  }

  private func overview() {
    _ = try? store.verify(sample: 2)
    _ = try? store.statistics()
    _ = try? store.backbones().map { try $0.manifest(in: store.path) }
    _ = try? store.verifyBackbone(named: "tiny")
  }

  private func datasets() {
    _ = try? store.datasets()
    _ = try? store.revisions(of: "d")
    _ = try? store.coverage(of: "d")
    try? store.changes(of: "d", from: 1) { _ in }
    guard let reader = try? StoreReader(path: store.path) else { return }
    try? reader.items(of: "d", at: 1, where: ItemFilter("year > 3 and section = 'mail'"), withText: true) {
      _ in
    }
    for task in (try? reader.tasks()) ?? [] { try? reader.labels(of: "d", task: task.name) { _, _ in } }
  }

  private func search() {
    _ = try? store.nearest(3, to: "mail", in: "d", with: "tiny")
    _ = try? store.nearest(3, toItem: "i20", in: "d", with: "tiny")
    _ = try? store.search(in: "d", with: "tiny").nearest(3, toItem: "i20")
  }

  private func heads() {
    _ = try? store.versions()
    _ = try? store.aliasLog(of: "h")
    _ = try? store.evaluate("h")
    _ = try? store.compare("h@1", "h@champion")
    _ = try? store.verifyHead("h@2")
    _ = try? store.predictor("h").predict(["mail"])
  }

  private func writing() {
    _ = try? store.extract(.path(rows.path), into: "d", with: "tiny")
    _ = try? store.label("d", from: .path(rows.path))
    _ = try? store.rollback("champion", of: "h")
    _ = try? store.train("h", for: "section", on: "d", with: "tiny", using: .ridge(penalty: 1))
    _ = try? store.verify(repairs: true)
    try? store.removeHead(named: "h")
    try? store.removeDataset(named: "d")
    _ = try? store.vacuum()
    try? store.removeBackbone(named: "tiny")
  }
}
