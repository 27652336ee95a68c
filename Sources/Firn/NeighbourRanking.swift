public import Search

/// How the neighbours of a search are ranked.
public struct NeighbourRanking: Sendable, Hashable {
  /// What makes two vectors near.
  public var metric: Metric
  /// How neighbours are chosen that are unlike one another; nil for the nearest, whatever they are like.
  public var diversity: MarginalRelevance?

  /// The nearest first by a metric, or a choice of them.
  public init(_ metric: Metric = .cosine, diversity: MarginalRelevance? = nil) {
    (self.metric, self.diversity) = (metric, diversity)
  }
}
