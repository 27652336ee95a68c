public import Backbones
internal import LinearAlgebra
internal import Search
public import Storage

/// The nearest neighbours among a dataset's items, exact, by cosine: loaded once, asked any number of times, from any
/// number of threads.
///
/// Items of equal score come in the order of the bytes of their ids.
public struct DatasetSearch: Sendable {
  /// One neighbour.
  public struct Answer: Sendable, Hashable {
    /// 1 for the nearest.
    public let rank: Int
    /// The item's id.
    public let id: String
    /// The cosine, in double precision.
    public let score: Double
    /// The item's text.
    public let text: String
  }

  /// The dataset's name.
  public let dataset: String
  /// The backbone whose vectors are searched.
  public let backbone: BackboneRecord
  /// How many items are searched: those that the filter wants.
  public var count: Int { items.count }

  /// The revision that is searched.
  public let revision: Int

  private let store: Store
  private let items: [StoredItem]
  private let vectors: Matrix<Float>
  private let search: ExactSearch

  init(
    _ store: Store, dataset: String, backbone name: String, at revision: Int?, where filter: ItemFilter?
  ) throws {
    self.store = store
    self.dataset = dataset
    let reader = try store.reader()
    (self.backbone, self.revision, items, vectors) = try reader.snapshot {
      let backbone = try reader.backbone(named: name)
      let revision = try revision ?? reader.latestRevision(of: dataset).number
      var items: [StoredItem] = []
      try reader.items(of: dataset, at: revision, where: filter) { items.append($0) }
      return (backbone, revision, items, try reader.features(of: items.map(\.content), by: backbone))
    }
    search = ExactSearch(vectors, threads: store.threads)
  }

  /// The `count` items nearest to each of `texts`; fewer where there are fewer items.
  ///
  /// - Throws: ``FirnError/otherSpace(dataset:needs:given:)``; `LongTextError` where the backbone refuses one of the texts.
  public func nearest(_ count: Int, to texts: [String], embeddedBy backbone: Backbone) throws -> [[Answer]] {
    guard backbone.fingerprint == self.backbone.fingerprint else {
      throw FirnError.otherSpace(dataset: dataset, needs: self.backbone.name, given: backbone.fingerprint)
    }
    let vectors = try backbone.embed(texts, threads: store.threads).flatMap(\.vector)
    return try answers(
      search.nearest(
        count, to: Matrix(rows: texts.count, columns: backbone.dimension, elements: vectors)))
  }

  /// The `count` items nearest to the item `id` of the dataset, itself left out.
  ///
  /// - Throws: ``FirnError/noItem(id:dataset:)``; `StoreError` when it is not embedded.
  public func nearest(_ count: Int, toItem id: String) throws -> [Answer] {
    let query: Matrix<Float>
    if let row = items.firstIndex(where: { $0.id.utf8.elementsEqual(id.utf8) }) {
      query = vectors.rows(at: [row])
    } else {
      // The filter may leave the item out that others are compared with.
      let reader = try store.reader()
      query = try reader.snapshot {
        guard let content = try reader.content(ofItem: id, in: dataset, at: revision) else {
          throw FirnError.noItem(id: id, dataset: dataset)
        }
        return try reader.features(of: [content], by: backbone)
      }
    }
    let found = try search.nearest(min(count, items.count) + 1, to: query)[0].filter {
      !items[$0.row].id.utf8.elementsEqual(id.utf8)
    }
    return try answers([Array(found.prefix(count))])[0]
  }

  private func answers(_ neighbours: [[Neighbour]]) throws -> [[Answer]] {
    let rows = Set(neighbours.joined().map(\.row)).sorted()
    let texts = try store.reader().texts(of: rows.map { items[$0].content })
    let textOfRow = Dictionary(zip(rows, texts)) { first, _ in first }
    return neighbours.map { list in
      list.enumerated().map { index, neighbour in
        Answer(
          rank: index + 1, id: items[neighbour.row].id, score: neighbour.score,
          text: textOfRow[neighbour.row] ?? "")
      }
    }
  }
}

extension Store {
  /// Loads the vectors of a dataset's items, or of those that `filter` wants, to find neighbours among them.
  ///
  /// - Throws: `StoreError` when the dataset or backbone is not there or items are not embedded; `FilterError`.
  public func search(
    in dataset: String, with backbone: String, at revision: Int? = nil, where filter: ItemFilter? = nil
  ) throws -> DatasetSearch {
    try DatasetSearch(self, dataset: dataset, backbone: backbone, at: revision, where: filter)
  }

  /// The `count` items of a dataset nearest to a text: the short form of ``search(in:with:at:where:)``.
  public func nearest(
    _ count: Int, to text: String, in dataset: String, with backbone: String, where filter: ItemFilter? = nil
  ) throws -> [DatasetSearch.Answer] {
    let search = try search(in: dataset, with: backbone, where: filter)
    return try search.nearest(count, to: [text], embeddedBy: open(search.backbone))[0]
  }
}
