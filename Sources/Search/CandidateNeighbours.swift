/// The rows that may be among the best `count` neighbours of one row, by scores that are known within a margin only.
struct CandidateNeighbours: Sendable {
  private struct Candidate {
    let score: Double
    let row: Int32
    let isExact: Bool

    func least(within margin: Double) -> Double { isExact ? score : score - margin }
    func most(within margin: Double) -> Double { isExact ? score : score + margin }
  }

  private let count: Int
  private let margin: Double
  private var kept: [Candidate] = []
  /// What the best `count` score at the least: what cannot reach it is not among them.
  private var threshold = -Double.infinity

  /// No candidates yet; scores are at most `margin` from the true ones.
  init(count: Int, margin: Double) {
    (self.count, self.margin) = (count, margin)
  }

  /// No row whose score is below this can be among the best.
  var floor: Float { Float(threshold - margin).nextDown }

  /// Considers a row by its score; `exactScore` gives the true one, where too many are too close to tell apart without. Amortised
  /// O(log count).
  mutating func offer(_ row: Int, score: Float, exactScore: (Int) -> Double) {
    guard Double(score) >= threshold - margin else { return }
    kept.append(Candidate(score: Double(score), row: Int32(row), isExact: false))
    guard kept.count >= 2 * count + 32 else { return }
    prune()
    if kept.count > count + 16 { settle(exactScore) }
  }

  /// The best by their true scores, in their order.
  consuming func best(exactScore: (Int) -> Double) -> [Neighbour] {
    prune()
    settle(exactScore)
    return kept.map { Neighbour(row: Int($0.row), score: $0.score) }
  }

  /// Drops those that cannot be among the best.
  private mutating func prune() {
    guard kept.count > count else { return }
    let margin = margin
    kept.sort { $0.least(within: margin) > $1.least(within: margin) }
    threshold = max(threshold, kept[count - 1].least(within: margin))
    let threshold = threshold
    kept.removeAll { $0.most(within: margin) < threshold }
  }

  /// Leaves the best, by their true scores.
  private mutating func settle(_ exactScore: (Int) -> Double) {
    let exact = kept.map {
      Neighbour(row: Int($0.row), score: $0.isExact ? $0.score : exactScore(Int($0.row)))
    }.sorted().prefix(count)
    kept = exact.map { Candidate(score: $0.score, row: Int32($0.row), isExact: true) }
    if kept.count == count { threshold = max(threshold, kept[count - 1].score) }
  }
}
