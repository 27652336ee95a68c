internal import LinearAlgebra
internal import Search
public import Storage

extension Store {
  /// Writes the exact graph of the `count` nearest neighbours of each item to a file: an edge leads from an item, the source, to each of
  /// the items nearest to it, the nearest first. O(N²·d): a few seconds for 50,000 items.
  ///
  /// The name's extension is the form: `.tsv` has the columns `source`, `target` and `score` under a header, `.jsonl` an object of these
  /// keys a line. The score is the cosine. Sources come in the order of the bytes of their ids.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - path: The file, which must not be there; it appears when all is written.
  ///   - count: How many neighbours.
  ///   - backbone: Whose embeddings are compared.
  ///   - revision: The dataset's revision; nil for the newest.
  ///   - filter: Which items; nil for all.
  ///   - progress: Told now and then which share of the pairs is done.
  /// - Returns: What was written.
  /// - Throws: ``FirnError/exportFormat(path:reason:)``, ``FirnError/exportExists(path:)``, `TensorFileError`; `StoreError` when items are
  ///   not embedded; `FilterError`; `SearchError`.
  @discardableResult
  public func exportGraph(
    of dataset: String, to path: String, nearest count: Int = 10, with backbone: String,
    at revision: Int? = nil, where filter: ItemFilter? = nil,
    progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> GraphSummary {
    let file = try NeighbourGraphFile(path)
    let reader = try reader()
    return try reader.snapshot {
      let space = try reader.backbone(named: backbone)
      let revision = try revision ?? reader.latestRevision(of: dataset).number
      let items = try reader.itemNumbers(of: dataset, at: revision, where: filter)
      let names = try file.names(of: reader.ids(of: items.map(\.item)))
      let join = try NeighbourJoin(features(of: items.map(\.content), by: space), threads: threads)
      var edges = 0
      for (source, neighbours) in try join.nearest(count, telling: progress).enumerated() {
        for neighbour in neighbours {
          try file.write(from: names[source], to: names[neighbour.row], score: neighbour.score)
        }
        edges += neighbours.count
      }
      try file.finish()
      return GraphSummary(dataset: dataset, revision: revision, items: items.count, edges: edges, file: path)
    }
  }
}
