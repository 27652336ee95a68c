/// One query of a search, and how its scores follow from cosines.
///
/// Every metric has a key that rises with the score and is linear in the cosine c of a vector x to the query q:
///
/// - cosine: key = score = c
/// - inner product: key = score = ‖x‖·‖q‖·c
/// - Euclidean: key = −score² = 2·‖x‖·‖q‖·c − ‖x‖² − ‖q‖²
///
/// So bounds of the cosine are bounds of the score, as wide as the norms are long.
struct ScoredQuery: Sendable {
  let metric: Metric
  let values: ArraySlice<Float>
  let inverseNorm: Double
  private let norm: Double

  init(_ values: ArraySlice<Float>, by metric: Metric) {
    (self.metric, self.values) = (metric, values)
    norm = values.norm
    inverseNorm = norm.inverse
  }

  /// The query at length 1; zeros stay zeros.
  var unit: [Double] { values.map { Double($0) * inverseNorm } }

  /// The score of a vector, whose inverse norm may be known already.
  func score(_ vector: ArraySlice<Float>, inverseNorm: @autoclosure () -> Double) -> Double {
    metric.score(vector, values, inverseNorms: (inverseNorm(), self.inverseNorm))
  }

  /// What a key is made of on the side of a vector: key = c · slope · the query's slope + offset + the query's offset.
  struct Side {
    let slope, offset: Double

    /// Of every vector by the cosine.
    static let cosine = Side(norm: 1, columns: 0, metric: .cosine)

    init(norm: Double, columns: Int, metric: Metric) {
      slope = metric == .cosine ? 1 : norm
      offset = metric == .euclidean ? -norm * norm * (1 - ScoredQuery.rounding(columns)) : 0
    }
  }

  /// On the side of the query.
  var slope: Double {
    switch metric {
    case .cosine: 1
    case .innerProduct: norm
    case .euclidean: 2 * norm
    }
  }

  /// What the rest of a key must reach for the score to reach `score`.
  func floor(for score: Double) -> Double {
    metric == .euclidean ? norm * norm * (1 - Self.rounding(values.count)) - score * score : score
  }

  /// Between what the score of a vector of a norm lies, by bounds of its cosine.
  func bounds(
    ofCosine cosine: (least: Double, most: Double), norm: Double
  ) -> (least: Double, most: Double) {
    switch metric {
    case .cosine:
      return cosine
    case .innerProduct:
      return (norm * slope * cosine.least, norm * slope * cosine.most)
    case .euclidean:
      let squares = norm * norm + self.norm * self.norm
      let rounding = Self.rounding(values.count)
      let nearest = squares * (1 - rounding) - norm * slope * cosine.most
      let farthest = squares * (1 + rounding) - norm * slope * cosine.least
      return (-farthest.squareRoot(), -max(0, nearest).squareRoot())
    }
  }

  /// What the rounding of doubles may change in squared norms and distances, as a share of the norms' squares. Each is a sum of d
  /// products, off by d·2⁻⁵³ of itself at the most in any order (Higham, Accuracy and Stability of Numerical Algorithms, 3.1), and a
  /// squared distance is at most twice the squares of both norms: three sums' worth; here are four.
  private static func rounding(_ columns: Int) -> Double {
    Double(columns + 16) * 0x1p-51
  }
}
