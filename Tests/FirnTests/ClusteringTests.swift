import Firn
import Testing

/// `Store.cluster`: labels that are written where they belong, or not at all.
struct ClusteringTests {
  let place: TemporaryStore
  var store: Store { place.store }

  init() throws {
    place = try TemporaryStore()
    try place.extract((0..<60).map { Examples.row($0) })
  }

  @Test func `A dataset that changes meanwhile gets no labels`() throws {
    var isFirst = true
    #expect(throws: FirnError.datasetMoved(dataset: "d")) {
      try store.cluster("d", into: 3, for: "topic", with: "tiny") { _, _ in
        if isFirst { _ = try? place.extract([Examples.row(60)]) }
        isFirst = false
      }
    }
    #expect(try store.dataset(named: "d").tasks.map(\.task) == ["section"])
    #expect(try store.dataset(named: "d").revision == 2)
    let found = try store.cluster("d", into: 3, for: "topic", with: "tiny")
    #expect(found.revision == 3 && found.items == 61 && found.clusters.reduce(0) { $0 + $1.size } == 61)
  }

  @Test func `Labels are padded so that they sort, and told from others by their form`() throws {
    let found = try store.cluster("d", into: 60, for: "topic", with: "tiny")
    #expect(found.clusters.map(\.label) == found.clusters.map(\.label).sorted())
    #expect(found.inertia < 1e-9 && found.silhouette == 0)
    try store.label(
      "d", from: place.source([#"{"id": "i1", "labels": {"topic": "cluster-x"}}"#]))
    #expect(throws: FirnError.clusterTaskTaken(task: "topic", dataset: "d", labels: 1)) {
      try store.cluster("d", into: 3, for: "topic", with: "tiny")
    }
    #expect(try store.cluster("d", into: 3, for: "topic", with: "tiny", replacing: true).revision == 4)
  }
}
