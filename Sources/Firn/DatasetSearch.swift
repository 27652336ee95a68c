public import Backbones
public import LinearAlgebra
public import Search
public import Storage

/// The nearest neighbours among a dataset's items, exact or by an index: made once, asked any number of times, from any number of threads.
///
/// Items of equal score come in the order of the bytes of their ids.
public struct DatasetSearch: Sendable {
  /// One neighbour.
  public struct Answer: Sendable, Hashable {
    /// 1 for the first.
    public let rank: Int
    /// The item's id.
    public let id: String
    /// How near it is, in double precision: the metric's score; with words to match, that of both rankings together.
    public let score: Double
    /// The item's text.
    public let text: String
    /// With words to match, the cosine, where the item is among the nearest that were ranked.
    public internal(set) var cosine: Double?
    /// With words to match, the rank by these, where the item is among those that were ranked.
    public internal(set) var wordsRank: Int?
  }

  /// The dataset's name.
  public let dataset: String
  /// The backbone whose vectors are searched.
  public let backbone: BackboneRecord
  /// How many items are searched: those that the filter wants.
  public var count: Int { items.count }
  /// The revision that is searched.
  public let revision: Int
  /// How neighbours are ranked.
  public let ranking: NeighbourRanking

  let store: Store
  let items: [ItemNumbers]
  /// The vectors in memory; nil where they are read from the store each time they are compared.
  private let loaded: ExactSearch?
  /// What answers in their place, where there is an index.
  let indexed: IndexedSearch?
  /// Through what vectors are had that the backbone has not made.
  private let stitch: BackboneStitch?

  /// A search that holds the vectors in memory if it `loadsVectors`. To fill so much of it takes longer than to ask one question of
  /// vectors that are read and forgotten block by block.
  init(
    _ store: Store, dataset: String, backbone name: String, at revision: Int?, where filter: ItemFilter?,
    ranking: NeighbourRanking, loadsVectors: Bool, onNote: (String) -> Void
  ) throws {
    (self.store, self.dataset, self.ranking) = (store, dataset, ranking)
    let reader = try store.reader()
    (self.backbone, self.revision, items, loaded, indexed, stitch) = try reader.snapshot {
      let backbone = try reader.backbone(named: name)
      let stitch = try ranking.stitch.map { try reader.stitch($0, to: backbone) }
      let newest = try reader.latestRevision(of: dataset).number
      let revision = revision ?? newest
      func indexed(wanting items: [ItemNumbers]?) throws -> IndexedSearch? {
        // Vectors in memory that a filter wants are compared as soon as codes are looked at.
        guard ranking.canUseIndex, revision == newest, items == nil || !loadsVectors else { return nil }
        return try IndexedSearch(
          store, dataset: dataset, backbone: backbone, revision: revision, wanting: items,
          loadsVectors: loadsVectors, from: reader, onNote: onNote)
      }
      // One question of an index needs no list of all items.
      if filter == nil, !loadsVectors, let search = try indexed(wanting: nil) {
        return (backbone, revision, [], nil, search, nil)
      }
      let items = try reader.itemNumbers(of: dataset, at: revision, where: filter)
      if filter != nil || loadsVectors, let search = try indexed(wanting: filter == nil ? nil : items) {
        return (backbone, revision, items, nil, search, nil)
      }
      guard loadsVectors || stitch != nil else { return (backbone, revision, items, nil, nil, nil) }
      let (vectors, mapped) = try store.features(
        of: items.map(\.content), by: backbone, through: stitch)
      if let stitch {
        onNote(
          "The vectors of \(mapped) of \(items.count) items come through the stitch \(stitch.reference).")
      }
      return (
        backbone, revision, items, ExactSearch(vectors, by: ranking.metric, threads: store.threads), nil,
        stitch
      )
    }
  }

  /// The same search of the same revision without an index, which had no need of a list of all items unless there is a filter.
  private init(withoutIndexOf search: DatasetSearch) throws {
    (store, dataset, ranking) = (search.store, search.dataset, search.ranking)
    (backbone, revision, stitch) = (search.backbone, search.revision, search.stitch)
    (loaded, indexed) = (nil, nil)
    items =
      search.items.isEmpty
      ? try store.reader().itemNumbers(of: dataset, at: revision, where: nil) : search.items
  }

  /// How many queries to ask at once, lest what is wanted of all of them take too much memory.
  public func queriesAtOnce(for wanted: Wanted) -> Int {
    let answers = min(wanted.count ?? .max, max(items.count, 1))
    return max(1, min(256, 1_000_000 / max(1, answers)))
  }

  /// The items wanted of each of `texts`, nearest first; fewer where there are fewer items.
  ///
  /// - Throws: ``FirnError/otherSpace(dataset:needs:given:)``; `SearchError`; `LongTextError` where the backbone refuses one of the texts.
  public func nearest(
    _ wanted: Wanted, to texts: [String], embeddedBy backbone: Backbone
  ) throws -> [[Answer]] {
    guard backbone.fingerprint == self.backbone.fingerprint else {
      throw FirnError.otherSpace(dataset: dataset, needs: self.backbone.name, given: backbone.fingerprint)
    }
    let vectors = try backbone.embed(texts, threads: store.threads).flatMap(\.vector)
    return try nearest(
      wanted, to: Matrix(rows: texts.count, columns: backbone.dimension, elements: vectors))
  }

  /// The items wanted of each row of `queries` [Q × d]: vectors that the backbone made, here or elsewhere.
  ///
  /// - Throws: `SearchError`.
  public func nearest(_ wanted: Wanted, to queries: Matrix<Float>) throws -> [[Answer]] {
    try answers(wanted, of: queries)
  }

  /// The items wanted of a landmark, those that it names left out. The filter may have left out what it is made of.
  ///
  /// - Throws: ``FirnError/noItem(id:dataset:)``, ``FirnError/noClass(label:task:dataset:)``; `SearchError`; `StoreError` when items are
  ///   not embedded.
  public func nearest(_ wanted: Wanted, to landmark: Landmark) throws -> [Answer] {
    try wanted.check()
    let place = try LandmarkPlace(
      landmark, in: dataset, at: revision, metric: ranking.metric, from: store
    ) { try store.features(of: $0, by: backbone, through: stitch).features }
    return try answers(wanted, of: place.vector, besides: place.named)[0]
  }

  /// The answers to each query, but for some items.
  private func answers(
    _ wanted: Wanted, of queries: Matrix<Float>, besides named: Set<Int64> = []
  ) throws -> [[Answer]] {
    try wanted.check()
    guard queries.columns == backbone.dimension else {
      throw SearchError.dimension(queries: queries.columns, vectors: backbone.dimension)
    }
    if let words = ranking.words {
      return try fused(wanted, of: queries, matching: words, besides: named)
    }
    if let indexed {
      do {
        return try answers(indexed.nearest(wanted, to: queries, besides: named))
      } catch is IndexedSearch.Changed {
        return try DatasetSearch(withoutIndexOf: self).answers(wanted, of: queries, besides: named)
      }
    }
    return try answers(neighbours(wanted, of: queries, besides: named))
  }

  /// The neighbours of each query, as they are ranked without words, but for some items.
  func neighbours(
    _ wanted: Wanted, of queries: Matrix<Float>, besides named: Set<Int64>
  ) throws -> [[Neighbour]] {
    let candidates = ranking.diversity?.candidates(for: wanted) ?? wanted
    let found = try nearest(candidates.adding(named.count), of: queries).map { list in
      let others = list.filter { !named.contains(items[$0.row].item) }
      return Array(others.prefix(candidates.count ?? others.count))
    }
    guard let diversity = ranking.diversity else { return found }
    return try found.map { list in
      try diversity.choose(
        wanted.count, of: list, vectors: vectors(of: list.map(\.row)), by: ranking.metric)
    }
  }

  /// The nearest of all to each query.
  private func nearest(_ wanted: Wanted, of queries: Matrix<Float>) throws -> [[Neighbour]] {
    if let loaded { return try loaded.nearest(wanted, to: queries) }
    let scan = try VectorScan(wanted, nearestTo: queries, by: ranking.metric)
    return try scan.answers(store.findings(of: scan, over: items.map(\.content), by: backbone))
  }

  private func vectors(of rows: [Int]) throws -> Matrix<Float> {
    try loaded?.vectors.rows(at: rows) ?? store.features(of: rows.map { items[$0].content }, by: backbone)
  }

  private func answers(_ found: [[IndexedSearch.Found]]) throws -> [[Answer]] {
    let contents = Set(found.joined().map(\.numbers.content)).sorted()
    let texts = Dictionary(zip(contents, try store.reader().texts(of: contents))) { first, _ in first }
    return found.map { list in
      list.enumerated().map { index, found in
        Answer(rank: index + 1, id: found.id, score: found.score, text: texts[found.numbers.content] ?? "")
      }
    }
  }

  func answers(_ neighbours: [[Neighbour]]) throws -> [[Answer]] {
    let rows = Set(neighbours.joined().map(\.row)).sorted()
    let reader = try store.reader()
    let ids = try reader.ids(of: rows.map { items[$0].item })
    let texts = try reader.texts(of: rows.map { items[$0].content })
    let places = Dictionary(uniqueKeysWithValues: zip(rows, rows.indices))
    return neighbours.map { list in
      list.enumerated().compactMap { index, neighbour in
        places[neighbour.row].map {
          Answer(rank: index + 1, id: ids[$0], score: neighbour.score, text: texts[$0])
        }
      }
    }
  }
}
