import Datasets
import Testing

@testable import Storage

/// What goes, what stays, and what is freed.
@Suite struct RemovingTests {
  let store: TemporaryStore

  init() throws {
    store = try TemporaryStore()
  }

  /// Writes items with their vectors as one revision, and removes those that are not among them if it `prunes`.
  @discardableResult
  private func extract(_ items: [Item], into dataset: String = "d", prunes: Bool = false) throws -> Int {
    let writer = try store.writer()
    if prunes { try writer.rememberItems() }
    let backbones = try ["b", "c"].map { try writer.addBackbone($0) }
    let revision = try writer.beginRevision(of: dataset, command: "test")
    try writer.write(
      items, embeddings: backbones.map { EmbeddingBatch(of: items.map(\.text), by: $0) }, to: revision)
    let removed = prunes ? try writer.removeUnwrittenItems(in: revision) : 0
    _ = try writer.close(revision)
    return removed
  }

  private func counts() throws -> String {
    try store.python(
      "print(*[db.execute(f'SELECT count(*) FROM {t}').fetchone()[0] for t in "
        + "['dataset', 'revision', 'item', 'item_state', 'label', 'content', 'embedding']])")
  }

  @Test func whatIsPrunedIsGoneFromTheNewestRevisionAlone() throws {
    let items = ["a", "b", "c"].map { Item(id: $0, text: "text \($0)", labels: ["t": .single($0)]) }
    try extract(items)
    #expect(try extract([items[1]], prunes: true) == 2)
    let reader = try store.reader()
    #expect(try reader.ids() == ["b"])
    #expect(try reader.ids(at: 1) == ["a", "b", "c"])
    #expect(try reader.allLabels(task: "t") == ["b": .single("b")])
    #expect(try reader.allLabels(task: "t", at: 1).count == 3)
    let newest = try reader.latestRevision(of: "d")
    #expect([newest.added, newest.changed, newest.removed] == [0, 0, 2])
    // It comes again as a new item, without the label that it had.
    try extract([Item(id: "a", text: "text a")])
    #expect(try store.reader().ids() == ["a", "b"])
    #expect(try store.reader().allLabels(task: "t") == ["b": .single("b")])
    #expect(try store.reader().latestRevision(of: "d").added == 1)
    #expect(try extract([Item(id: "a", text: "text a"), items[1]], prunes: true) == 0)
  }

  @Test func aDatasetGoesWithAllItsRevisionsAndNothingElse() throws {
    try extract([Item(id: "a", text: "shared", labels: ["t": .single("x")]), Item(id: "b", text: "own")])
    try extract([Item(id: "a", text: "own, later")])
    try extract([Item(id: "a", text: "shared"), Item(id: "z", text: "other")], into: "other")
    #expect(try counts() == "2 3 4 5 1 4 8")
    try store.writer().removeDataset(named: "d")
    #expect(try counts() == "1 1 2 2 0 4 8")
    #expect(try store.reader().ids(of: "other") == ["a", "z"])
    #expect(storeError { try store.reader().ids() } == .notFound(what: "dataset", name: "d", near: []))

    var steps: [Double] = []
    let freed = try store.writer().vacuum { steps.append($0) }
    #expect((freed.contents, freed.vectors) == (2, 4))
    #expect(steps.last == 1)
    #expect(try counts() == "1 1 2 2 0 2 4")
    #expect(try store.python("print(db.execute('PRAGMA foreign_key_check').fetchall())") == "[]")
    #expect(try store.writer().vacuum() == VacuumSummary())
  }

  @Test func aDatasetThatHeadsWereTrainedOnStays() throws {
    try extract([Item(id: "a", text: "1", labels: ["t": .single("x")])])
    let writer = try store.writer()
    let backbone = try writer.backbone(named: "b")
    for _ in 0..<2 {
      _ = try writer.append(
        HeadVersionDraft(
          head: "h", task: "t", digest: backbone.fingerprint, specification: "{}", backbone: "b",
          fingerprint: backbone.fingerprint, dataset: "d", revision: 1, rowsDigest: backbone.fingerprint,
          weights: [1], metrics: "{}", environment: "{}"))
    }
    #expect(
      storeError { try writer.removeDataset(named: "d") } == .datasetNeeded(name: "d", by: ["h@1", "h@2"]))
    try writer.removeHead(named: "h")
    try writer.removeDataset(named: "d")
    #expect(try writer.datasets().isEmpty)
  }

  @Test func aVacuumMakesTheFileSmallerAndOverwritesIfAsked() throws {
    let secret = "a secret that nobody shall find"
    try extract((0..<3000).map { Item(id: "\($0)", text: "\(secret) \($0)") })
    try extract([Item(id: "stays", text: "this stays")], into: "other")
    try store.writer().removeDataset(named: "d")
    let size = "import os; print(os.path.getsize(sys.argv[1]))"
    let found = "print(open(sys.argv[1], 'rb').read().count(b'\(secret)'))"
    let before = try Int(store.python(size)) ?? 0
    let freed = try store.writer().vacuum(overwriting: true)
    #expect(freed.contents == 3000 && freed.vectors == 6000)
    #expect(try store.python(found) == "0")
    let after = try Int(store.python(size)) ?? 0
    #expect(freed.bytes > 0 && before - after == freed.bytes)
    #expect(try store.reader().allItems(of: "other").map(\.text) == ["this stays"])
  }
}
