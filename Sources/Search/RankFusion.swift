/// Rankings of the same rows made into one, by reciprocal rank fusion: a row's score is the sum of 1/(k + rank) over the rankings that it
/// stands in (Cormack, Clarke and Büttcher 2009). What the rankings score by need not be comparable.
public struct RankFusion: Sendable, Hashable {
  /// A row of the fused ranking.
  public struct Row: Sendable, Hashable {
    /// The row.
    public let row: Int
    /// The sum of the reciprocal ranks.
    public let score: Double
    /// Its rank in each of the rankings, from 1; nil where it is not in one.
    public let ranks: [Int?]
  }

  /// The rows, best first; of equals the earlier row first.
  public let rows: [Row]

  /// Fuses `rankings`, each of which names a row once, best first. O(n log n).
  ///
  /// - Parameters:
  ///   - rankings: The rankings.
  ///   - constant: k: how little first ranks count above later ones. 60 is the authors'.
  public init(_ rankings: [[Int]], constant: Double = 60) {
    var ranks: [Int: [Int?]] = [:]
    for (number, ranking) in rankings.enumerated() {
      for (place, row) in ranking.enumerated() {
        ranks[row, default: Array(repeating: nil, count: rankings.count)][number] = place + 1
      }
    }
    rows = ranks.map { row, ranks in
      Row(
        row: row, score: ranks.reduce(0) { $0 + ($1.map { 1 / (constant + Double($0)) } ?? 0) }, ranks: ranks)
    }.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
  }
}
