import Firn
import Foundation

/// Everything that is done with a store: reading it in all ways, then writing it.
struct StoreReading {
  private let store: Store
  private let folder: URL
  private let rows: URL

  static let reader: @Sendable (URL) throws -> HostileFormat.Reader = { folder in
    let file = folder.appending(path: "firn.db")
    let rows = folder.appending(path: "rows.jsonl")
    try Data(#"{"id": "i20", "text": "new", "label": "x", "section": "mail"}"#.utf8).write(to: rows)
    try SampleStore.features.write(to: folder.appending(path: "features.npy"))
    let reading = StoreReading(
      store: Store(at: file.path, threads: Threads(1)), folder: folder, rows: rows)
    return { bytes in
      // What the input before left beside its store is not this one's.
      let left = ["firn.db-wal", "firn.db-shm", "out.npy", "out.jsonl", "all.csv", "edges.tsv", "merged.db"]
      for name in left { try? FileManager.default.removeItem(at: folder.appending(path: name)) }
      try Data(bytes).write(to: file)
      try reading.all()
    }
  }

  /// Does all: what one step throws does not keep the next from its turn.
  ///
  /// - Throws: The first error.
  private func all() throws {
    var first: (any Error)?
    for step in overview + datasets + search + heads + writing {
      do { try step() } catch { first = first ?? error }
    }
    if let first { throw first }
  }

  private typealias Steps = [() throws -> Void]

  private var overview: Steps {
    [
      { _ = try store.verify(sample: 2) }, { _ = try store.statistics() },
      {
        for backbone in try store.backbones() where !backbone.isDeclared {
          _ = try backbone.manifest(in: store.path)
        }
      },
      { _ = try store.verifyBackbone(named: "tiny") },
    ]
  }

  private var datasets: Steps {
    [
      { _ = try store.datasets() }, { _ = try store.revisions(of: "d") }, { _ = try store.coverage(of: "d") },
      { try store.changes(of: "d", from: 1) { _ in } },
      { _ = try store.export("d", to: path("out.npy"), with: "tiny") },
      { _ = try store.export("d", to: path("all.csv"), at: 1) },
      { _ = try Store(at: path("merged.db"), threads: Threads(1)).merge([store.path]) },
      {
        let filter = try ItemFilter("year > 3 AND label.section = 'mail'")
        try StoreReader(path: store.path).items(of: "d", at: 1, where: filter, withText: true) { _ in }
      },
      {
        let reader = try StoreReader(path: store.path)
        for task in try reader.tasks() { try reader.labels(of: "d", task: task.name) { _, _ in } }
      },
    ]
  }

  private var search: Steps {
    [
      { _ = try store.nearest(3, to: "mail", in: "d", with: "tiny") },
      { _ = try store.nearest(3, toItem: "i20", in: "d", with: "tiny") },
      { _ = try store.search(in: "d", with: "tiny").nearest(3, toItem: "i20") },
      { _ = try store.nearest(3, to: "mail", matching: "mail OR c*", in: "d", with: "tiny") },
      { _ = try store.duplicates(in: "d", with: "tiny", reaching: 0.9) },
      { try store.exportGraph(of: "d", to: path("edges.tsv"), nearest: 2, with: "tiny") },
    ]
  }

  private var heads: Steps {
    [
      { _ = try store.versions() }, { _ = try store.aliasLog(of: "h") }, { _ = try store.evaluate("h") },
      { _ = try store.lineage(of: "h@2") }, { _ = try store.prune("h", keeping: 1, rehearsing: true) },
      { _ = try store.compare("h@1", "h@champion") }, { _ = try store.verifyHead("h@2") },
      { _ = try store.predictor("h").predict(["mail"]) },
    ]
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private var writing: Steps {
    [
      {
        _ = try store.importFeatures(
          path("features.npy"), items: rows.path, into: "d", with: SampleStore.declared)
      },
      { try store.extract(.path(rows.path), into: "d", with: "tiny") },
      { try store.label("d", from: .path(rows.path)) },
      { try store.cluster("d", into: 2, for: "topic", with: "tiny") },
      { try store.rollback("champion", of: "h", on: .override(reason: "to see")) },
      { try store.untag(store.tag(store.version("h@1"), with: ["new"]), from: ["new"]) },
      { try store.protect("champion", of: "h", false) },
      { try store.train("h", for: "section", on: "d", with: "tiny", using: .ridge(penalty: 1)) },
      { _ = try store.prune("h", keeping: 1) },
      { _ = try store.verify(repairs: true) }, { _ = try store.forgetRevisions(of: "d", before: 2) },
      { try store.removeHead(named: "h") },
      { try store.removeDataset(named: "d") }, { _ = try store.vacuum() },
      { try store.removeBackbone(named: "tiny") },
    ]
  }
}
