/// One answer of a search.
public struct Neighbour: Sendable, Hashable {
  /// The row of the searched matrix.
  public let row: Int
  /// How near it is, in double precision: see ``Metric``.
  public let score: Double

  /// A row and its score.
  public init(row: Int, score: Double) {
    (self.row, self.score) = (row, score)
  }
}

extension Neighbour: Comparable {
  /// Better answers come first: greater scores, and among equal scores earlier rows.
  public static func < (one: Neighbour, other: Neighbour) -> Bool {
    one.score == other.score ? one.row < other.row : one.score > other.score
  }
}
