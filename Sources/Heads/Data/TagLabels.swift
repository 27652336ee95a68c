/// The tags of each row of a multi-label task: any number of them, none included.
///
/// Tags are told apart and sorted by their UTF-8 bytes.
public struct TagLabels: Sendable {
  /// The tags, sorted by their UTF-8 bytes, each once.
  public let tags: [String]
  /// For each row, the places of its tags in `tags`, ascending.
  public let indices: [[Int32]]

  /// The tags as they are; those of the task are those that occur.
  public init(_ labels: [[String]]) {
    let all = ClassLabels(labels.flatMap { $0 })
    tags = all.classes
    var next = 0
    indices = labels.map { row in
      defer { next += row.count }
      return Set(all.indices[next..<next + row.count]).sorted()
    }
  }

  /// Tags that are numbered already. Throws when `tags` are not sorted by their UTF-8 bytes, each once, or a row's indices are not
  /// ascending places among them.
  public init(tags: [String], indices: [[Int32]]) throws(HeadError) {
    try ClassLabels.check(tags)
    for (row, places) in indices.enumerated() {
      let ascends = zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
      guard ascends, (places.first ?? 0) >= 0, Int(places.last ?? -1) < tags.count else {
        throw .classes(problem: "row \(row) does not have ascending indices of \(tags.count) tags")
      }
    }
    self.tags = tags
    self.indices = indices
  }

  /// How many rows.
  public var count: Int { indices.count }

  /// How many rows each tag has.
  public var counts: [Int] {
    indices.reduce(into: [Int](repeating: 0, count: tags.count)) { counts, row in
      for tag in row { counts[Int(tag)] += 1 }
    }
  }

  /// The tags of the rows at `rows`, in that order, over all tags.
  func rows(keepingNamesAt rows: [Int]) -> TagLabels {
    TagLabels(numbered: rows.map { indices[$0] }, of: tags)
  }

  private init(numbered indices: [[Int32]], of tags: [String]) {
    (self.tags, self.indices) = (tags, indices)
  }

  /// The tags of the rows at `rows`, in that order, over the tags that these rows have.
  public func rows(at rows: some Collection<Int>) -> TagLabels {
    let used = NamesInUse(rows.lazy.flatMap { indices[$0] }, of: tags.count)
    return TagLabels(
      numbered: rows.map { indices[$0].map { used.places[Int($0)] } }, of: used.kept.map { tags[$0] })
  }
}
