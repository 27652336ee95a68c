@testable import Firn
import Foundation
import Testing

/// `DatasetSearch`: loaded once, asked any number of times, from any thread.
struct DatasetSearchTests {
  let place: TemporaryStore
  var store: Store { place.store }
  private static let queries = (200..<230).map { Examples.text($0) }

  init() throws {
    place = try TemporaryStore()
    try place.extract((0..<90).map { Examples.row($0, size: $0) })
  }

  @Test func `Queries asked together get the answers that each gets alone`() throws {
    let search = try store.search(in: "d", with: "tiny")
    let backbone = try store.open(search.backbone)
    let together = try search.nearest(7, to: Self.queries, embeddedBy: backbone)
    #expect(together.allSatisfy { $0.count == 7 && $0.map(\.rank) == Array(1...7) })
    for (query, answers) in zip(Self.queries, together) {
      #expect(try search.nearest(7, to: [query], embeddedBy: backbone) == [answers])
      #expect(try store.nearest(7, to: query, in: "d", with: "tiny") == answers)
    }
    #expect(try search.nearest(7, to: [], embeddedBy: backbone) == [])
  }

  @Test func `Several threads may ask at once`() async throws {
    let search = try store.search(in: "d", with: "tiny")
    let backbone = try store.open(search.backbone)
    let expected = try search.nearest(5, to: Self.queries, embeddedBy: backbone)
    let item = try search.nearest(5, to: .item("i3"))
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try search.nearest(5, to: Self.queries, embeddedBy: backbone) == expected
            && search.nearest(5, to: .item("i3")) == item
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test(arguments: Metric.allCases)
  func `By any metric, within any reach and diverse: loaded or not, alone or at once`(metric: Metric)
    async throws
  {
    let ranking = NeighbourRanking(metric, diversity: try MarginalRelevance(0.4))
    let search = try store.search(in: "d", with: "tiny", ranking: ranking)
    let backbone = try store.open(search.backbone)
    let near = try store.search(in: "d", with: "tiny", ranking: NeighbourRanking(metric)).nearest(
      60, to: ["chess"], embeddedBy: backbone)[0]
    for wanted in [5, Wanted(within: near[59].score), Wanted(7, within: near[30].score)] {
      let expected = try search.nearest(wanted, to: Self.queries + ["chess"], embeddedBy: backbone)
      let chosen = expected[30]
      #expect(chosen.count == wanted.count ?? 60 && chosen.first?.id == near[0].id)
      #expect(
        chosen.allSatisfy { answer in near.contains { $0.id == answer.id && $0.score == answer.score } })
      #expect(chosen.map(\.id) != near.prefix(chosen.count).map(\.id))
      #expect(try store.nearest(wanted, to: "chess", in: "d", with: "tiny", ranking: ranking) == chosen)
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<4 {
          group.addTask {
            try search.nearest(wanted, to: Self.queries + ["chess"], embeddedBy: backbone) == expected
          }
          group.addTask { try search.nearest(wanted, to: ["chess"], embeddedBy: backbone) == [chosen] }
        }
        for try await isSame in group { #expect(isSame) }
      }
    }
  }

  @Test func `A text that is in the dataset is its own nearest; an item is not its own neighbour`() throws {
    let search = try store.search(in: "d", with: "tiny")
    let nearest = try store.nearest(90, to: Examples.text(4), in: "d", with: "tiny")
    #expect(nearest.first?.id == "i4" && abs((nearest.first?.score ?? 0) - 1) < 1e-6)
    #expect(try search.nearest(89, to: .item("i4")).map(\.id) == nearest.dropFirst().map(\.id))
    #expect(throws: FirnError.noItem(id: "i90", dataset: "d")) { try search.nearest(1, to: .item("i90")) }
  }

  @Test(arguments: [nil, "size < 60", "id = 'i9'", "size > 1000"])
  func `One question of vectors that are not loaded has the answers of those that are`(filter: String?) throws
  {
    let filter = try filter.map { try ItemFilter($0) }
    let search = try store.search(in: "d", with: "tiny", where: filter)
    let backbone = try store.open(search.backbone)
    for store in [store, Store(at: store.path, threads: Threads(1))] {
      #expect(
        try store.nearest(20, to: "chess", in: "d", with: "tiny", where: filter)
          == search.nearest(20, to: ["chess"], embeddedBy: backbone)[0])
      for item in ["i0", "i9", "i77"] {
        #expect(
          try store.nearest(20, to: .item(item), in: "d", with: "tiny", where: filter)
            == search.nearest(20, to: .item(item)))
      }
    }
  }

  @Test func `A question of items that are not embedded is refused, loaded or not`() throws {
    try store.addBackbone(at: TemporaryStore.model("one-layer").path, named: "other")
    let refusal = StoreError.missingVectors(backbone: "other", missing: 90, of: 90)
    #expect(throws: refusal) { try store.search(in: "d", with: "other") }
    #expect(throws: refusal) { try store.nearest(1, to: "chess", in: "d", with: "other") }
    #expect(throws: StoreError.missingVectors(backbone: "other", missing: 1, of: 1)) {
      try store.nearest(1, to: .item("i1"), in: "d", with: "other")
    }
    #expect(throws: FirnError.noItem(id: "i90", dataset: "d")) {
      try store.nearest(1, to: .item("i90"), in: "d", with: "tiny")
    }
  }

  @Test func `An older revision is searched as it stood`() throws {
    try place.extract((90..<100).map { Examples.row($0) })
    #expect(try store.search(in: "d", with: "tiny").count == 100)
    #expect(try store.search(in: "d", with: "tiny", at: 1).count == 90)
    #expect(throws: StoreError.noRevision(dataset: "d", number: 3)) {
      try store.search(in: "d", with: "tiny", at: 3)
    }
  }

  @Test func `What was loaded stays as it was while the dataset goes on`() throws {
    let search = try store.search(in: "d", with: "tiny")
    let before = try search.nearest(90, to: .item("i1"))
    try place.extract(
      (0..<50).map { Examples.row($0).replacing(Examples.text($0), with: "another text \($0)") })
    #expect(try search.nearest(90, to: .item("i1")) == before)
  }

  @Test func `Only what the filter wants is searched`() throws {
    let filter = try ItemFilter("label.section = 'mail' AND size < 30")
    let search = try store.search(in: "d", with: "tiny", where: filter)
    #expect(search.count == 10)
    #expect(try search.nearest(99, to: .item("i0")).count == 10)
  }

  @Test func `Queries of another backbone are refused`() throws {
    let search = try store.search(in: "d", with: "tiny")
    let other = try Backbone(directory: TemporaryStore.model("one-layer"))
    let refusal = FirnError.otherSpace(dataset: "d", needs: "tiny", given: other.fingerprint)
    #expect(throws: refusal) { try search.nearest(1, to: ["chess"], embeddedBy: other) }
  }

  @Test func `A dimension that the model does not have is damage`() throws {
    try place.sqlite("UPDATE backbone SET dimension = 4")
    let record = try store.backbone(named: "tiny")
    #expect(throws: StoreError.damaged(path: store.path, what: "the dimension of the backbone “tiny”")) {
      try store.open(record)
    }
  }

  @Test func `No neighbours at all are an error`() throws {
    #expect(throws: SearchError.count(0)) { try store.nearest(0, to: "chess", in: "d", with: "tiny") }
    for count in [0, -5] {
      #expect(throws: SearchError.count(count)) {
        try store.nearest(Wanted(count), to: .item("0"), in: "d", with: "tiny")
      }
    }
  }

  /// As when another process takes items in between a search's beginning and its question.
  @Test(arguments: [nil, "id != 'm3'"])
  func `An index that has changed since is not read, and the answers are of the revision that was asked for`(
    filter: String?
  ) throws {
    var random = SplitMix64(state: 11)
    func take(_ rows: Range<Int>) throws {
      try place.importVectors(
        rows.map { #"{"id":"m\#($0)","text":"made \#($0)"}"# },
        Matrix(
          rows: rows.count, columns: 24,
          elements: (0..<rows.count * 24).map {
            0.2 + Float.random(in: -1...1, using: &random) * exp(-Float($0 % 24) / 4)
          }))
    }
    func search(isExact: Bool) throws -> DatasetSearch {
      try DatasetSearch(
        store, dataset: "made", backbone: "made", at: nil, where: filter.map { try ItemFilter($0) },
        ranking: NeighbourRanking(isExact: isExact), loadsVectors: false, onNote: { Issue.record("\($0)") })
    }
    try take(0..<20_000)
    try store.buildSearchIndex(of: "made", with: "made")
    let (indexed, exact) = (try search(isExact: false), try search(isExact: true))
    try #require(indexed.indexed != nil && exact.indexed == nil)
    let query = Matrix<Float>(rows: 1, columns: 24, elements: (0..<24).map { 1 / Float(1 + $0) })
    let expected = try exact.nearest(10, to: query)
    #expect(expected[0].count == 10)
    try take(20_000..<20_100)
    #expect(try indexed.nearest(10, to: query) == expected)
  }
}
