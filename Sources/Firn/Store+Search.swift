internal import Backbones
internal import LinearAlgebra
public import Search
public import Storage
public import TensorFiles

extension Store {
  /// Loads the vectors of a dataset's items, or of those that `filter` wants, to ask for neighbours among them again and again. An index
  /// answers where there is one that saves time; `onNote` is told why one that there is cannot be used.
  ///
  /// - Throws: `StoreError` when the dataset or backbone is not there or items are not embedded; `FilterError`.
  public func search(
    in dataset: String, with backbone: String, at revision: Int? = nil, where filter: ItemFilter? = nil,
    ranking: NeighbourRanking = NeighbourRanking(), onNote: (String) -> Void = { _ in }
  ) throws -> DatasetSearch {
    try exactlyIfDamaged(ranking, onNote) { ranking in
      try DatasetSearch(
        self, dataset: dataset, backbone: backbone, at: revision, where: filter, ranking: ranking,
        loadsVectors: true, onNote: onNote)
    }
  }

  /// The items of a dataset that are wanted of a text, nearest first, at a revision or the newest: one question, for which nothing is
  /// loaded.
  ///
  /// - Throws: As ``search(in:with:at:where:ranking:onNote:)`` and ``open(_:)`` do.
  public func nearest(
    _ wanted: Wanted, to text: String, in dataset: String, with backbone: String, at revision: Int? = nil,
    where filter: ItemFilter? = nil, ranking: NeighbourRanking = NeighbourRanking(),
    onNote: (String) -> Void = { _ in }
  ) throws -> [DatasetSearch.Answer] {
    let record = try self.backbone(named: backbone)
    return try exactlyIfDamaged(ranking, onNote) { ranking in
      let (search, query) = try threads.both {
        try DatasetSearch(
          self, dataset: dataset, backbone: backbone, at: revision, where: filter, ranking: ranking,
          loadsVectors: false, onNote: onNote)
      } and: {
        try open(record).embed([text], threads: threads).flatMap(\.vector)
      }
      guard search.backbone.fingerprint == record.fingerprint else {
        throw FirnError.otherSpace(dataset: dataset, needs: backbone, given: record.fingerprint)
      }
      return try search.nearest(wanted, to: Matrix(rows: 1, columns: query.count, elements: query))[0]
    }
  }

  /// The items of a dataset that are wanted of a landmark in it, at a revision or the newest: one question, for which nothing is
  /// loaded.
  ///
  /// - Throws: As ``search(in:with:at:where:ranking:onNote:)`` and ``DatasetSearch/nearest(_:to:)`` do.
  public func nearest(
    _ wanted: Wanted, to landmark: Landmark, in dataset: String, with backbone: String,
    at revision: Int? = nil, where filter: ItemFilter? = nil, ranking: NeighbourRanking = NeighbourRanking(),
    onNote: (String) -> Void = { _ in }
  ) throws -> [DatasetSearch.Answer] {
    try exactlyIfDamaged(ranking, onNote) { ranking in
      try DatasetSearch(
        self, dataset: dataset, backbone: backbone, at: revision, where: filter, ranking: ranking,
        loadsVectors: false, onNote: onNote
      ).nearest(wanted, to: landmark)
    }
  }

  /// The items of a dataset that are wanted of each row of a file of vectors that the backbone made elsewhere; see
  /// ``DatasetSearch/nearest(_:toRowsOf:_:)``. For a few rows nothing is loaded; many together, and several with a filter, are compared
  /// exactly, which takes no longer than to ask an index.
  ///
  /// - Throws: As ``search(in:with:at:where:ranking:onNote:)`` and that do.
  public func nearest(
    _ wanted: Wanted, toRowsOf file: FeatureFile, in dataset: String, with backbone: String,
    at revision: Int? = nil, where filter: ItemFilter? = nil, ranking: NeighbourRanking = NeighbourRanking(),
    onNote: (String) -> Void = { _ in },
    _ body: (_ row: Int, _ answers: [DatasetSearch.Answer]) throws -> Void
  ) throws {
    var ranking = ranking
    if file.rows > (filter == nil ? Self.fewQueries : 1) { ranking.isExact = true }
    try exactlyIfDamaged(ranking, onNote) { ranking in
      try DatasetSearch(
        self, dataset: dataset, backbone: backbone, at: revision, where: filter, ranking: ranking,
        loadsVectors: file.rows > Self.fewQueries, onNote: onNote
      ).nearest(wanted, toRowsOf: file, body)
    }
  }

  /// To load the vectors takes as long as to ask so many queries of an index that is not.
  private static let fewQueries = 16

  /// Runs a search, and runs it again without an index should that be damaged.
  private func exactlyIfDamaged<Result>(
    _ ranking: NeighbourRanking, _ onNote: (String) -> Void, _ search: (NeighbourRanking) throws -> Result
  ) throws -> Result {
    do {
      return try search(ranking)
    } catch let error as StoreError {
      guard case .damagedIndex = error, !ranking.isExact else { throw error }
      onNote("\(error), and the search exact: firn index build mends it.")
      var exact = ranking
      exact.isExact = true
      return try search(exact)
    }
  }
}
