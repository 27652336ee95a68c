internal import Backbones
internal import LinearAlgebra
public import Search
public import Storage

extension Store {
  /// Loads the vectors of a dataset's items, or of those that `filter` wants, to ask for neighbours among them again and again.
  ///
  /// - Throws: `StoreError` when the dataset or backbone is not there or items are not embedded; `FilterError`.
  public func search(
    in dataset: String, with backbone: String, at revision: Int? = nil, where filter: ItemFilter? = nil,
    ranking: NeighbourRanking = NeighbourRanking()
  ) throws -> DatasetSearch {
    try DatasetSearch(
      self, dataset: dataset, backbone: backbone, at: revision, where: filter, ranking: ranking,
      loadsVectors: true)
  }

  /// The items of a dataset that are wanted of a text, nearest first, at a revision or the newest: one question, for which nothing is
  /// loaded.
  ///
  /// - Throws: As ``search(in:with:at:where:ranking:)`` and ``open(_:)`` do.
  public func nearest(
    _ wanted: Wanted, to text: String, in dataset: String, with backbone: String, at revision: Int? = nil,
    where filter: ItemFilter? = nil, ranking: NeighbourRanking = NeighbourRanking()
  ) throws -> [DatasetSearch.Answer] {
    let record = try self.backbone(named: backbone)
    let (search, query) = try threads.both {
      try DatasetSearch(
        self, dataset: dataset, backbone: backbone, at: revision, where: filter, ranking: ranking,
        loadsVectors: false)
    } and: {
      try open(record).embed([text], threads: threads).flatMap(\.vector)
    }
    guard search.backbone.fingerprint == record.fingerprint else {
      throw FirnError.otherSpace(dataset: dataset, needs: backbone, given: record.fingerprint)
    }
    return try search.nearest(wanted, to: Matrix(rows: 1, columns: query.count, elements: query))[0]
  }

  /// The items of a dataset that are wanted of a landmark in it, at a revision or the newest: one question, for which nothing is
  /// loaded.
  ///
  /// - Throws: As ``search(in:with:at:where:ranking:)`` and ``DatasetSearch/nearest(_:to:)`` do.
  public func nearest(
    _ wanted: Wanted, to landmark: Landmark, in dataset: String, with backbone: String,
    at revision: Int? = nil, where filter: ItemFilter? = nil, ranking: NeighbourRanking = NeighbourRanking()
  ) throws -> [DatasetSearch.Answer] {
    try DatasetSearch(
      self, dataset: dataset, backbone: backbone, at: revision, where: filter, ranking: ranking,
      loadsVectors: false
    ).nearest(wanted, to: landmark)
  }
}
