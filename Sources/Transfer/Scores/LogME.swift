internal import Foundation
internal import LinearAlgebra

/// The logarithm of maximum evidence (You and others 2021): how likely the labels are under a Bayesian linear model of the features,
/// with the precisions that make them likeliest; a mean over classes or tags, each as targets of 1 and 0, for one row.
///
/// With G = Σ x·xᵀ = V·diag(σ)·Vᵀ of rank k, x = Uᵀy in the features' left singular vectors and t = α/β, MacKay's fixed point is
///
///     γ = Σ σ/(σ + t),  m² = Σ σ·x²/(t + σ)²,  ρ = Σ x²/(1 + σ/t)² + ‖y‖² − ‖x‖²,  α = γ/m²,  β = (N − γ)/ρ.
///
/// The evidence's first term counts k directions, not d as the authors' program does: that is wrong where there are fewer rows than features.
public enum LogME {
  /// The score: greater is better. Nil where a class or tag is told without error, for then the evidence has no bound.
  /// O(groups·d·(d + iterations)).
  public static func score(_ labelled: LabelledMoments) -> Double? {
    let (values, axes) = labelled.spectrum
    let projections = labelled.sums.times(axes, transposingOther: true)
    let scores = labelled.groups.counts.enumerated().map { group, count in
      let squares = zip(projections.row(group), values).map { $0 * $0 / $1 }
      return evidence(of: squares, values: values, rows: Double(labelled.rows), length: Double(count))
    }
    let mean = scores.reduce(0, +) / Double(max(1, scores.count))
    return mean.isFinite ? mean : nil
  }

  /// The evidence of one target of squared length ‖y‖², with x² along each axis, over the rows.
  private static func evidence(of squares: [Double], values: [Double], rows: Double, length: Double) -> Double
  {
    let rest = max(0, length - squares.reduce(0, +))
    var (ratio, alpha, beta, weights, residual) = (1.0, 0.0, 0.0, 0.0, rest)
    for _ in 0..<10_000 {
      var effective = 0.0
      (weights, residual) = (0, rest)
      for (square, value) in zip(squares, values) {
        let inverse = 1 / (value + ratio)
        effective += value * inverse
        weights += value * square * inverse * inverse
        residual += square * (ratio * inverse) * (ratio * inverse)
      }
      (alpha, beta) = (effective / weights, (rows - effective) / residual)
      let next = alpha / beta
      // Where a target is met without error, or by nothing, the precisions grow without bound.
      guard next.isNormal else { break }
      if abs(next - ratio) <= 1e-10 * ratio { break }
      ratio = next
    }
    let logs = values.reduce(0) { $0 + log(alpha + beta * $1) }
    let terms = Double(values.count) / 2 * log(alpha) + rows / 2 * log(beta) - logs / 2
    return (terms - beta * residual / 2 - alpha * weights / 2) / rows - log(2 * .pi) / 2
  }
}
