public import Backbones
internal import LinearAlgebra
internal import Search
public import Storage

/// The nearest neighbours among a dataset's items, exact, by cosine: made once, asked any number of times, from any number of
/// threads.
///
/// Items of equal score come in the order of the bytes of their ids.
public struct DatasetSearch: Sendable {
  /// One neighbour.
  public struct Answer: Sendable, Hashable {
    /// 1 for the nearest.
    public let rank: Int
    /// The item's id.
    public let id: String
    /// The cosine, in double precision; with words to match, the score of both rankings together.
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

  let store: Store
  let items: [ItemNumbers]
  /// The vectors in memory; nil where they are read from the store each time they are compared.
  private let loaded: ExactSearch?

  /// A search that holds the vectors in memory if it `loadsVectors`. To fill so much of it takes longer than to ask one question of
  /// vectors that are read and forgotten block by block.
  init(
    _ store: Store, dataset: String, backbone name: String, at revision: Int?, where filter: ItemFilter?,
    loadsVectors: Bool
  ) throws {
    self.store = store
    self.dataset = dataset
    let reader = try store.reader()
    (self.backbone, self.revision, items, loaded) = try reader.snapshot {
      let backbone = try reader.backbone(named: name)
      let revision = try revision ?? reader.latestRevision(of: dataset).number
      let items = try reader.itemNumbers(of: dataset, at: revision, where: filter)
      guard loadsVectors else { return (backbone, revision, items, nil) }
      let vectors = try store.features(of: items.map(\.content), by: backbone)
      return (backbone, revision, items, ExactSearch(vectors, threads: store.threads))
    }
  }

  /// The `count` items nearest to each of `texts`; fewer where there are fewer items. With words to match, those that these and the
  /// vectors together rank best; see `RankFusion`.
  ///
  /// - Throws: ``FirnError/otherSpace(dataset:needs:given:)``; `LongTextError` where the backbone refuses one of the texts;
  ///   `StoreError.badMatch` where the words cannot be read.
  public func nearest(
    _ count: Int, to texts: [String], matching words: String? = nil, embeddedBy backbone: Backbone
  ) throws -> [[Answer]] {
    guard backbone.fingerprint == self.backbone.fingerprint else {
      throw FirnError.otherSpace(dataset: dataset, needs: self.backbone.name, given: backbone.fingerprint)
    }
    let vectors = try backbone.embed(texts, threads: store.threads).flatMap(\.vector)
    return try nearest(
      count, to: Matrix(rows: texts.count, columns: backbone.dimension, elements: vectors), matching: words)
  }

  /// The `count` items nearest to each row of `queries`, vectors of the backbone that is searched with.
  func nearest(_ count: Int, to queries: Matrix<Float>, matching words: String? = nil) throws -> [[Answer]] {
    if let words { return try fused(count, of: queries, matching: words) }
    return try answers(neighbours(count, of: queries))
  }

  /// The `count` items nearest to the item `id` of the dataset, itself left out; with words to match as for texts.
  ///
  /// - Throws: ``FirnError/noItem(id:dataset:)``; `StoreError` when it is not embedded, or the words cannot be read.
  public func nearest(_ count: Int, toItem id: String, matching words: String? = nil) throws -> [Answer] {
    guard count >= 1 else { throw SearchError.count(count) }
    let reader = try store.reader()
    guard let item = try reader.numbers(ofItem: id, in: dataset, at: revision) else {
      throw FirnError.noItem(id: id, dataset: dataset)
    }
    // Its vector is read again, for the filter may have left out the item that others are compared with.
    let query = Matrix(
      rows: 1, columns: backbone.dimension, elements: try reader.vectors(of: [item.content], by: backbone))
    if let words { return try fused(count, of: query, matching: words, leavingOut: item.item)[0] }
    let found = try neighbours(min(count, items.count) + 1, of: query)[0].filter {
      items[$0.row].item != item.item
    }
    return try answers([Array(found.prefix(count))])[0]
  }

  func neighbours(_ count: Int, of queries: Matrix<Float>) throws -> [[Neighbour]] {
    if let loaded { return try loaded.nearest(count, to: queries) }
    let scan = try VectorScan(count, nearestTo: queries)
    let gathering = VectorGathering(of: items.map(\.content), by: backbone)
    let parts = try store.threads.map(gathering.parts, with: { Result { try store.reader() } }) {
      reader, part in
      Result {
        var findings = scan.nothing
        let missing = try gathering.readBlocks(part, with: reader.get()) { rows, vectors in
          let block = Matrix(rows: rows.count, columns: queries.columns, elements: vectors)
          scan.look(at: 0..<rows.count, of: block, numbered: rows, into: &findings)
        }
        return (findings: findings, missing: missing)
      }
    }.map { try $0.get() }
    try gathering.check(missing: parts.reduce(0) { $0 + $1.missing })
    return scan.answers(parts.map(\.findings))
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
