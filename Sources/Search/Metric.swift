internal import LinearAlgebra

/// What makes two vectors near.
public enum Metric: String, CaseIterable, Sendable, Codable {
  /// The cosine x·q / (‖x‖·‖q‖), for which only directions count; 0 where either is all zeros.
  case cosine
  /// The product x·q, for which longer vectors are nearer.
  case innerProduct = "inner-product"
  /// The distance ‖x − q‖, whose score is negative: so the greater score is the nearer by any metric.
  case euclidean

  /// The score of two vectors [d] in double precision, each sum in one order. Nothing that floats hold overflows it.
  func score(_ one: ArraySlice<Float>, _ other: ArraySlice<Float>) -> Double {
    score(one, other, inverseNorms: (one.inverseNorm, other.inverseNorm))
  }

  /// The same, where the inverse norms may be known already; only the cosine asks for them.
  func score(
    _ one: ArraySlice<Float>, _ other: ArraySlice<Float>, inverseNorms: @autoclosure () -> (Double, Double)
  ) -> Double {
    switch self {
    case .cosine:
      let (first, second) = inverseNorms()
      return one.product(with: other) * first * second
    case .innerProduct:
      return one.product(with: other)
    case .euclidean:
      // Zero less the distance, for that of equals has no sign then.
      return 0 - one.squaredDistance(to: other).squareRoot()
    }
  }
}
