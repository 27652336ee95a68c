public import Search

/// How the neighbours of a search are ranked.
public struct NeighbourRanking: Sendable, Hashable {
  /// What makes two vectors near.
  public var metric: Metric
  /// How neighbours are chosen that are unlike one another; nil for the nearest, whatever they are like.
  public var diversity: MarginalRelevance?
  /// Words, as SQLite's FTS5 reads them, by which items are ranked as well, to make one of both rankings; see `RankFusion`.
  public var words: String?
  /// Whether all items are compared, whatever index there is.
  public var isExact: Bool
  /// A stitch to the backbone, through which the vectors of another are compared where its own are missing; nil where none may be.
  public var stitch: TransformReference?

  /// The nearest first by a metric, or a choice of them, or together with those that match words.
  public init(
    _ metric: Metric = .cosine, diversity: MarginalRelevance? = nil, matching words: String? = nil,
    isExact: Bool = false, through stitch: TransformReference? = nil
  ) {
    (self.metric, self.diversity, self.words, self.isExact) = (metric, diversity, words, isExact)
    self.stitch = stitch
  }

  /// Whether an index can answer: it knows cosines of the backbone's own vectors, and gives no vectors to choose among.
  var canUseIndex: Bool {
    metric == .cosine && diversity == nil && words == nil && !isExact && stitch == nil
  }
}
