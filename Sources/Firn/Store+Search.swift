internal import Backbones
internal import LinearAlgebra
public import Storage

extension Store {
  /// Loads the vectors of a dataset's items, or of those that `filter` wants, to ask for neighbours among them again and again.
  ///
  /// - Throws: `StoreError` when the dataset or backbone is not there or items are not embedded; `FilterError`.
  public func search(
    in dataset: String, with backbone: String, at revision: Int? = nil, where filter: ItemFilter? = nil
  ) throws -> DatasetSearch {
    try DatasetSearch(
      self, dataset: dataset, backbone: backbone, at: revision, where: filter, loadsVectors: true)
  }

  /// The `count` items of a dataset nearest to a text, at a revision or the newest: one question, for which nothing is loaded. With
  /// words to match, those that these and the vectors together rank best.
  ///
  /// - Throws: As ``search(in:with:at:where:)`` and ``open(_:)`` do.
  public func nearest(
    _ count: Int, to text: String, matching words: String? = nil, in dataset: String, with backbone: String,
    at revision: Int? = nil, where filter: ItemFilter? = nil
  ) throws -> [DatasetSearch.Answer] {
    let record = try self.backbone(named: backbone)
    let (search, query) = try threads.both {
      try DatasetSearch(
        self, dataset: dataset, backbone: backbone, at: revision, where: filter, loadsVectors: false)
    } and: {
      try open(record).embed([text], threads: threads).flatMap(\.vector)
    }
    guard search.backbone.fingerprint == record.fingerprint else {
      throw FirnError.otherSpace(dataset: dataset, needs: backbone, given: record.fingerprint)
    }
    return try search.nearest(
      count, to: Matrix(rows: 1, columns: query.count, elements: query), matching: words)[0]
  }

  /// The `count` items of a dataset nearest to its item `id`, itself left out, at a revision or the newest: one question, for
  /// which nothing is loaded.
  ///
  /// - Throws: ``FirnError/noItem(id:dataset:)``; as ``search(in:with:at:where:)`` does.
  public func nearest(
    _ count: Int, toItem id: String, matching words: String? = nil, in dataset: String,
    with backbone: String, at revision: Int? = nil, where filter: ItemFilter? = nil
  ) throws -> [DatasetSearch.Answer] {
    try DatasetSearch(
      self, dataset: dataset, backbone: backbone, at: revision, where: filter, loadsVectors: false
    ).nearest(count, toItem: id, matching: words)
  }
}
