/// How many candidates the codes give for ten neighbours, and which share of the ten nearest is then among them, measured where the index was
/// built.
public struct SearchDepth: Sendable, Hashable, Codable {
  /// How many vectors are scored to find ten neighbours.
  public let candidates: Int
  /// The share that is found for queries from among the vectors, a little moved.
  public let inside: Double
  /// The share for queries in any direction.
  public let outside: Double

  /// What was measured.
  public init(candidates: Int, inside: Double, outside: Double) {
    (self.candidates, self.inside, self.outside) = (candidates, inside, outside)
  }

  /// How many vectors are scored to find `count` neighbours: in proportion, but never fewer.
  public func candidates(for count: Int) -> Int {
    let (product, overflow) = candidates.multipliedReportingOverflow(by: count)
    return max(1, candidates, count, overflow ? .max : product / RecallMeasurement.neighbours)
  }
}
