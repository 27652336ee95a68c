/// The rows that may be among the neighbours wanted of one row or query, by bounds of their scores, which are numbers.
struct CandidateNeighbours: Sendable {
  private struct Candidate {
    /// Between what the score lies.
    let least, most: Double
    let row: Int32
    /// Whether the score is known: both bounds are it.
    var isExact = false
  }

  private let count: Int
  private var kept: [Candidate] = []
  /// What the neighbours wanted score at the least: what cannot reach it is not among them.
  private(set) var threshold: Double

  /// No candidates yet, of so many rows.
  init(_ wanted: Wanted, of rows: Int) {
    count = min(wanted.count ?? rows, rows)
    threshold = wanted.leastScore ?? -.infinity
  }

  /// Considers a row whose score lies in `bounds`; `exactScore` gives the true one, where too many are too close to tell apart without.
  /// Amortised O(log count).
  mutating func offer(_ row: Int, bounds: (least: Double, most: Double), exactScore: (Int) -> Double) {
    guard bounds.most >= threshold else { return }
    kept.append(Candidate(least: bounds.least, most: bounds.most, row: Int32(row)))
    guard kept.count >= 2 * count + 32 else { return }
    prune()
    if kept.count > count + 16 { settle(exactScore) }
  }

  /// The best by their true scores, in their order.
  consuming func best(exactScore: (Int) -> Double) -> [Neighbour] {
    prune()
    settle(exactScore)
    return kept.map { Neighbour(row: Int($0.row), score: $0.least) }
  }

  /// Drops those that cannot be among the best.
  private mutating func prune() {
    guard kept.count > count else { return }
    kept.sort { $0.least > $1.least }
    threshold = max(threshold, kept[count - 1].least)
    let threshold = threshold
    kept.removeAll { $0.most < threshold }
  }

  /// Leaves the best, by their true scores. One whose score is not finite is none.
  private mutating func settle(_ exactScore: (Int) -> Double) {
    let exact = kept.map {
      Neighbour(row: Int($0.row), score: $0.isExact ? $0.least : exactScore(Int($0.row)))
    }.filter { $0.score >= threshold && $0.score.isFinite }.sorted().prefix(count)
    kept = exact.map { Candidate(least: $0.score, most: $0.score, row: Int32($0.row), isExact: true) }
    if kept.count == count { threshold = max(threshold, kept[count - 1].least) }
  }
}
