import Datasets
import Foundation
import Testing

@testable import Storage

/// Random histories of a dataset, held against a model of what the words of ``StoreWriter/write(_:embeddings:to:)`` say.
@Suite struct RandomHistoryTests {
  /// What an item holds.
  private struct Held: Equatable {
    var text: String
    var metadata: String
    var labels: [String: Label]
  }

  /// Two of them are one to `String`, and one holds a NUL.
  private static let ids = ["\u{e9}", "e\u{301}", "a\u{0}b"] + (0..<90).map { "item \($0)" }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func readsAsItWasWrittenAtEveryRevision(seed: UInt64) throws {
    let store = try TemporaryStore()
    var draws = Draws(seed: seed)
    var now: [[UInt8]: Held] = [:]
    var past: [Int: [[UInt8]: Held]] = [:]
    for _ in 0..<8 {
      let writer = try store.writer()
      let prunes = draws.below(3) == 0
      if prunes { try writer.rememberItems() }
      let revision = try writer.beginRevision(of: "d", command: "test")
      var written = Set<[UInt8]>()
      for _ in 0...draws.below(2) {
        let items = (0..<draws.below(120)).map { _ in item(&draws) }
        try writer.write(items, to: revision)
        for item in items {
          let id = Array(item.id.utf8)
          written.insert(id)
          apply(item, to: &now[id])
        }
      }
      if prunes {
        _ = try writer.removeUnwrittenItems(in: revision)
        now = now.filter { written.contains($0.key) }
      }
      past[try writer.close(revision).number] = now
    }
    let reader = try store.reader()
    for (revision, expected) in past {
      var found: [[UInt8]: Held] = [:]
      try reader.wholeItems(of: "d", at: revision) { item, _ in
        found[Array(item.id.utf8)] = Held(
          text: item.text, metadata: item.metadata, labels: item.labels.compactMapValues { $0 })
      }
      #expect(found == expected, "seed \(seed), revision \(revision)")
    }
    var problems: [String] = []
    try reader.problems { problems.append("\($0)") }
    #expect(problems == [], "seed \(seed)")
  }

  private func item(_ draws: inout Draws) -> Item {
    var labels: [String: Label?] = [:]
    for task in ["s", "t"] {
      switch draws.below(4) {
      case 0: labels[task] = .some(nil)
      case 1, 2: labels[task] = .single("xyz".map(String.init)[draws.below(3)])
      default: break
      }
    }
    return Item(
      id: Self.ids[draws.below(Self.ids.count)], text: "text \(draws.below(40))",
      labels: labels, metadata: #"{"k":\#(draws.below(2))}"#)
  }

  private func apply(_ item: Item, to held: inout Held?) {
    var labels = held.map { $0.text == item.text ? $0.labels : [:] } ?? [:]
    for (task, label) in item.labels { labels[task] = label }
    held = Held(text: item.text, metadata: item.metadata, labels: labels)
  }
}
