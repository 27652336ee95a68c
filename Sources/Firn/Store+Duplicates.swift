internal import LinearAlgebra
internal import Search
public import Storage

extension Store {
  /// Finds the groups of items that are alike: items lead to one another by pairs whose cosine, in double precision, is `threshold` or
  /// more, or that have one text. O(N²·d): a few seconds for 50,000 items. Memory does not grow with the number of pairs.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - backbone: Whose embeddings are compared.
  ///   - threshold: The cosine from which on two items are alike.
  ///   - revision: The dataset's revision; nil for the newest.
  ///   - filter: Which items; nil for all.
  ///   - progress: Told now and then which share of the pairs is done.
  /// - Returns: The groups of at least two items.
  /// - Throws: `StoreError` when the dataset or backbone is not there or items are not embedded; `FilterError`; `SearchError`.
  public func duplicates(
    in dataset: String, with backbone: String, reaching threshold: Double = 0.95, at revision: Int? = nil,
    where filter: ItemFilter? = nil, progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> DuplicateReview {
    let reader = try reader()
    return try reader.snapshot {
      let space = try reader.backbone(named: backbone)
      let revision = try revision ?? reader.latestRevision(of: dataset).number
      let items = try reader.itemNumbers(of: dataset, at: revision, where: filter)
      let texts = TextsOfItems(items)
      let rows = try SimilarRows(features(of: texts.contents, by: space), threads: threads)
      let alike = try rows.groups(reaching: threshold, telling: progress)
      let groups = texts.groups(joining: alike).map { texts -> (least: Double, items: [Int]) in
        (
          texts.rows.dropFirst().map { rows.cosine(texts.rows[0], $0) }.min() ?? 1, texts.items
        )
      }.sorted { ($1.items.count, $0.items[0]) < ($0.items.count, $1.items[0]) }
      return DuplicateReview(
        dataset: dataset, revision: revision, threshold: threshold, items: items.count,
        redundant: groups.reduce(0) { $0 + $1.items.count - 1 },
        groups: try groups.map { group in
          let members = group.items.map { items[$0] }
          let (ids, texts) = (
            try reader.ids(of: members.map(\.item)), try reader.texts(of: members.map(\.content))
          )
          return DuplicateReview.Group(
            least: group.least, items: zip(ids, texts).map { DuplicateReview.Member(id: $0, text: $1) })
        })
    }
  }
}

/// The texts of items, each once, in the order of their first items: items of one text need not be compared.
private struct TextsOfItems {
  /// The number of each text.
  private(set) var contents: [Int64] = []
  /// The items of each text, ascending.
  private var items: [[Int]] = []

  init(_ numbers: [ItemNumbers]) {
    var places: [Int64: Int] = [:]
    for (item, number) in numbers.enumerated() {
      let place = places[number.content, default: contents.count]
      if place == contents.count {
        places[number.content] = place
        contents.append(number.content)
        items.append([])
      }
      items[place].append(item)
    }
  }

  /// The groups of texts, and all their items, where there are at least two.
  func groups(joining alike: [[Int]]) -> [(rows: [Int], items: [Int])] {
    let joined = Set(alike.joined())
    let alone = contents.indices.filter { items[$0].count > 1 && !joined.contains($0) }.map { [$0] }
    return (alike + alone).map { rows in (rows, rows.flatMap { items[$0] }.sorted()) }
  }
}
