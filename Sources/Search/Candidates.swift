/// The rows that may be among the best `count`, by scores that lie within `margin` of the true ones.
///
/// Invariant: a row that was offered and is not kept scores more than two margins below `count` others.
struct Candidates: Sendable {
  struct Candidate: Sendable {
    let score: Float
    let row: Int
  }

  private let count: Int
  private let margin: Float
  private(set) var kept: [Candidate] = []
  /// A row below this cannot be among the best.
  private var threshold = -Float.infinity

  init(count: Int, margin: Float) {
    self.count = count
    self.margin = margin
  }

  /// Considers a row. Amortised O(log count).
  mutating func offer(_ score: Float, row: Int) {
    guard score >= threshold else { return }
    kept.append(Candidate(score: score, row: row))
    // Pruning when the list has doubled keeps both the list and the work per offer small.
    if kept.count >= 2 * max(count, 64), kept.count >= pruneAt { prune() }
  }

  /// All that may be among the best.
  consuming func best() -> [Candidate] {
    prune()
    return kept
  }

  private var pruneAt = 0

  private mutating func prune() {
    guard kept.count > count else { return }
    kept.sort { $0.score > $1.score }
    threshold = kept[count - 1].score - 2 * margin
    let end = kept.lastIndex { $0.score >= threshold } ?? 0
    kept.removeSubrange((end + 1)...)
    // Many near-ties can all be kept: wait until the list has doubled again.
    pruneAt = 2 * kept.count
  }
}
