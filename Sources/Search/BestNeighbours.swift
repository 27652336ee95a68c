/// The best of the neighbours that were offered.
struct BestNeighbours: Sendable {
  private let count: Int
  private var kept: [Neighbour] = []
  /// Nothing that scores less can be among the best.
  private(set) var threshold: Double

  init(_ wanted: Wanted) {
    count = wanted.count ?? .max
    threshold = wanted.leastScore ?? -.infinity
  }

  /// Considers a neighbour; one whose score is not finite is none. Amortised O(log count).
  mutating func offer(_ neighbour: Neighbour) {
    guard neighbour.score >= threshold, neighbour.score.isFinite else { return }
    kept.append(neighbour)
    // Pruning when the list has doubled keeps both the list and the work per offer small.
    if kept.count / 2 >= count { prune() }
  }

  /// Considers what another list kept.
  mutating func offer(_ other: BestNeighbours) {
    for neighbour in other.kept { offer(neighbour) }
  }

  /// The threshold, by all that was offered.
  var settledThreshold: Double {
    mutating get {
      prune()
      return threshold
    }
  }

  /// The best, in their order.
  consuming func sorted() -> [Neighbour] {
    prune()
    return kept
  }

  private mutating func prune() {
    kept.sort()
    guard kept.count >= count else { return }
    kept.removeSubrange(count...)
    threshold = kept[count - 1].score
  }
}
