internal import LinearAlgebra
internal import Search
internal import Storage

extension DatasetSearch {
  /// The `count` items that nearness to each query and the words together rank best, by the best max(100, 5·count) of each ranking; see
  /// `RankFusion`.
  ///
  /// - Throws: `StoreError.badMatch` when the words cannot be read; `SearchError`.
  func fused(
    _ count: Int, of queries: Matrix<Float>, matching words: String, leavingOut item: Int64? = nil
  ) throws -> [[Answer]] {
    guard count >= 1 else { throw SearchError.count(count) }
    let pool = max(100, 5 * min(count, items.count))
    let matching = try rows(pool, matching: words, leavingOut: item)
    let near = try neighbours(pool + 1, of: queries).map { list in
      list.filter { items[$0.row].item != item }.prefix(pool)
    }
    let fusions = near.map { RankFusion([$0.map(\.row), matching]).rows.prefix(count) }
    let answers = try answers(fusions.map { $0.map { Neighbour(row: $0.row, score: $0.score) } })
    return zip(answers, zip(fusions, near)).map { answers, found in
      zip(answers, found.0).map { answer, row in
        var answer = answer
        answer.cosine = row.ranks[0].map { found.1[$0 - 1].score }
        answer.wordsRank = row.ranks[1]
        return answer
      }
    }
  }

  /// The rows of the `count` items whose texts match best; of equals those with the earlier ids.
  private func rows(_ count: Int, matching words: String, leavingOut item: Int64?) throws -> [Int] {
    let rows = Dictionary(grouping: items.indices.filter { items[$0].item != item }) {
      items[$0].content
    }
    var found: [(score: Double, row: Int)] = []
    try store.reader().contents(matching: words) { content, score in
      if found.count >= count, let last = found.last, last.score < score { return false }
      found += (rows[content] ?? []).map { (score, $0) }
      return true
    }
    return found.sorted { ($0.score, $0.row) < ($1.score, $1.row) }.prefix(count).map(\.row)
  }
}
