/// Which neighbours are wanted: the nearest few, all within reach, or the nearest few of those within reach.
///
///     try search.nearest(10, to: queries)
///     try search.nearest(Wanted(within: 0.8), to: queries)
///     try search.nearest(Wanted(10, within: 0.8), to: queries)
public struct Wanted: Sendable, Hashable {
  /// How many at the most; nil for as many as there are.
  public let count: Int?
  /// What each must score at the least; nil for any score.
  public let leastScore: Double?

  /// The `count` nearest of those that score `leastScore` or more. By the Euclidean metric, a score is a negative distance.
  public init(_ count: Int? = nil, within leastScore: Double? = nil) {
    (self.count, self.leastScore) = (count, leastScore)
  }

  /// The same, and so many more.
  public func adding(_ more: Int) -> Wanted {
    let sum = count.map { $0.addingReportingOverflow(more) }
    return Wanted(sum.map { $0.overflow ? .max : $0.partialValue }, within: leastScore)
  }

  /// Makes sure that there can be such neighbours.
  ///
  /// - Throws: ``SearchError/count(_:)``, ``SearchError/reach``.
  public func check() throws(SearchError) {
    if let count, count < 1 { throw .count(count) }
    if let leastScore, leastScore.isNaN { throw .reach }
  }
}

extension Wanted: ExpressibleByIntegerLiteral {
  /// So many of the nearest.
  public init(integerLiteral count: Int) {
    self.init(count)
  }
}
