/// One answer of a search.
public struct Neighbour: Sendable, Hashable {
  /// The row of the searched matrix.
  public let row: Int
  /// The cosine between query and row, in double precision; 0 where either is all zeros.
  public let score: Double

  /// A row that answers with a score.
  package init(row: Int, score: Double) {
    (self.row, self.score) = (row, score)
  }
}

extension Neighbour: Comparable {
  /// Better answers come first: greater scores, and among equal scores earlier rows.
  public static func < (one: Neighbour, other: Neighbour) -> Bool {
    one.score == other.score ? one.row < other.row : one.score > other.score
  }
}
