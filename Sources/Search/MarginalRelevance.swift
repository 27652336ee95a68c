public import LinearAlgebra

/// Neighbours chosen to be near the query and unlike one another: maximal marginal relevance (Carbonell and Goldstein 1998).
///
/// Next comes the candidate x with the greatest λ·s(x, q) − (1 − λ)·max s(x, y) over all y that were chosen before it, where s is the
/// metric's score; the first is the nearest. Among equals the nearer comes first.
public struct MarginalRelevance: Sendable, Hashable {
  /// λ: 1 is the order of the scores, and the less it is, the more unlike they are.
  public let relevance: Double

  /// - Throws: ``SearchError/relevance(_:)`` unless it lies from 0 to 1.
  public init(_ relevance: Double) throws(SearchError) {
    guard (0...1).contains(relevance) else { throw .relevance(relevance) }
    self.relevance = relevance
  }

  /// The candidates that are enough to choose from: five times what is wanted, and fifty at the least.
  public func candidates(for wanted: Wanted) -> Wanted {
    let most = wanted.count.map { $0.multipliedReportingOverflow(by: 5) }
    return Wanted(most.map { $0.overflow ? .max : max(50, $0.partialValue) }, within: wanted.leastScore)
  }

  /// Chooses `count` of the candidates, or puts all in order if it is nil. O(count · candidates · d).
  ///
  /// - Parameters:
  ///   - count: How many; fewer come only where there are fewer candidates.
  ///   - candidates: Neighbours of one query, nearest first.
  ///   - vectors: The candidates' vectors, one row each [candidates × d].
  ///   - metric: What they were found by.
  /// - Returns: Those chosen, with the scores that they had, in the order chosen.
  public func choose(
    _ count: Int?, of candidates: [Neighbour], vectors: Matrix<Float>, by metric: Metric
  ) -> [Neighbour] {
    precondition(vectors.rows == candidates.count, "one vector a candidate")
    let inverseNorms = candidates.indices.map { vectors.row($0).inverseNorm }
    // Of each candidate the greatest score with any that was chosen.
    var likeness = [Double](repeating: -.infinity, count: candidates.count)
    var left = Array(candidates.indices)
    var chosen: [Neighbour] = []
    while chosen.count < count ?? candidates.count, !left.isEmpty {
      var best = (place: 0, worth: -Double.infinity)
      for (place, candidate) in left.enumerated() {
        let unlike = chosen.isEmpty ? 0 : (1 - relevance) * likeness[candidate]
        let worth = relevance * candidates[candidate].score - unlike
        if worth > best.worth { best = (place, worth) }
      }
      let taken = left.remove(at: best.place)
      chosen.append(candidates[taken])
      for candidate in left {
        let score = metric.score(
          vectors.row(candidate), vectors.row(taken),
          inverseNorms: (inverseNorms[candidate], inverseNorms[taken]))
        likeness[candidate] = max(likeness[candidate], score)
      }
    }
    return chosen
  }
}
