internal import Foundation
internal import LinearAlgebra

/// The probability 1/(1 + exp(−(slope·score + intercept))) of each tag (Platt 1999), fitted to scores of rows that the head has not
/// seen.
struct PlattScaling: Sendable {
  /// Of each tag, at least 0: a score that tells the wrong way tells nothing.
  let slopes: [Float]
  /// Of each tag.
  let intercepts: [Float]

  /// The scaling of least log loss. Shapes: scores [N × tags].
  init(of scores: Matrix<Float>, labels: TagLabels, threads: Threads) {
    var positives = [[Int]](repeating: [], count: labels.tags.count)
    for (row, tags) in labels.indices.enumerated() {
      for tag in tags { positives[Int(tag)].append(row) }
    }
    let rows = positives
    let fits = threads.map(rows.count) { tag in
      var isPositive = [Bool](repeating: false, count: scores.rows)
      for row in rows[tag] { isPositive[row] = true }
      return Self.fit((0..<scores.rows).map { Double(scores[$0, tag]) }, isPositive: isPositive)
    }
    slopes = fits.map { Float($0.x) }
    intercepts = fits.map { Float($0.y) }
  }

  /// slope·score + intercept of each score [N × tags].
  func logits(of scores: Matrix<Float>) -> Matrix<Float> {
    let tags = slopes.count
    let elements = scores.elements.enumerated().map { slopes[$0 % tags] * $1 + intercepts[$0 % tags] }
    return Matrix(rows: scores.rows, columns: tags, elements: elements)
  }

  /// Slope and intercept of one tag, by Newton's method with halved steps. The targets are Platt's, (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2),
  /// which keep a tag of few rows from certainty; the loss is written as Lin, Lin and Weng (2007) do, so that nothing overflows.
  static func fit(_ scores: [Double], isPositive: [Bool]) -> SIMD2<Double> {
    let positive = Double(isPositive.count { $0 })
    let negative = Double(scores.count) - positive
    let targets = isPositive.map { $0 ? (positive + 1) / (positive + 2) : 1 / (negative + 2) }
    let base = SIMD2(0, log((positive + 1) / (negative + 1)))
    func loss(_ point: SIMD2<Double>) -> Double {
      zip(scores, targets).reduce(0) { sum, row in
        let logit = point.x * row.0 + point.y
        return sum + max(logit, 0) - row.1 * logit + log1p(exp(-abs(logit)))
      }
    }
    var (point, value) = (base, loss(base))
    for _ in 0..<100 {
      var (gradient, xx, xy, yy) = (SIMD2<Double>(), 1e-12, 0.0, 1e-12)
      for (score, target) in zip(scores, targets) {
        let probability = 1 / (1 + exp(-(point.x * score + point.y)))
        let weight = probability * (1 - probability)
        gradient += (probability - target) * SIMD2(score, 1)
        (xx, xy, yy) = (xx + weight * score * score, xy + weight * score, yy + weight)
      }
      guard (gradient * gradient).sum() > 1e-20 * Double(scores.count) else { break }
      let determinant = xx * yy - xy * xy
      guard determinant > 0 else { break }
      let step = SIMD2(yy * gradient.x - xy * gradient.y, xx * gradient.y - xy * gradient.x) / determinant
      guard
        let next = (0..<30).lazy.map({ point - step * pow(0.5, Double($0)) })
          .first(where: { loss($0) < value })
      else { break }
      (point, value) = (next, loss(next))
    }
    return point.x > 0 ? point : base
  }
}
