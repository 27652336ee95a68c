/// Why a search has no answer.
public enum SearchError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The queries are not as long as the searched vectors.
  case dimension(queries: Int, vectors: Int)
  /// A query holds NaN or infinity.
  case notFinite(query: Int)
  /// Fewer than one neighbour is asked for.
  case count(Int)
  /// A threshold that is no number.
  case threshold(Double)
  /// More clusters are asked for than there are different rows, or fewer than one.
  case clusters(Int, differentRows: Int)
  /// Vectors too large or too small for sums of squares in single precision.
  case scale(largest: Float)

  /// What is wrong, and with what.
  public var description: String {
    switch self {
    case .dimension(let queries, let vectors):
      "the queries have \(queries) values, but the vectors searched have \(vectors)"
    case .notFinite(let query):
      "query \(query) holds a value that is not finite"
    case .count(let count):
      "\(count) neighbours are asked for; ask for at least one"
    case .threshold(let threshold):
      "the threshold is \(threshold); give a finite number"
    case .clusters(let count, let rows):
      "\(count) clusters are asked for, and \(rows) different vectors are there; ask for at least one and no more than those"
    case .scale(let largest):
      "the largest value of the vectors is \(largest); scale them so that it lies between 1e-12 and 1e12"
    }
  }
}
