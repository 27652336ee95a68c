internal import Foundation
internal import LinearAlgebra

/// The inverse temperature of a softmax link (Guo et al. 2017), fitted to scores of rows that the head has not seen.
enum Sharpness {
  /// Where the search ends when scores are perfect, or worthless: the log loss then only falls towards infinity, or zero.
  private static let range = 1.0 / 1024...1024

  /// The b that minimises Σ −log softmax(b·scores)[label], a convex function of b, by Newton's method inside a bracket.
  /// Shapes: scores [N × classes], labels [N].
  static func fitted(to scores: Matrix<Float>, labels: [Int32], threads: Threads) -> Float {
    var (low, high) = (range.lowerBound, range.upperBound)
    var sharpness = 1.0
    for _ in 0..<100 {
      let (slope, curvature) = derivatives(at: sharpness, scores: scores, labels: labels, threads: threads)
      if slope > 0 { high = sharpness } else { low = sharpness }
      let newton = curvature > 0 ? sharpness - slope / curvature : sharpness
      // Outside of the bracket, or without curvature, halve it: on a logarithmic scale, since b is one.
      let next = newton > low && newton < high ? newton : (low * high).squareRoot()
      let settled = abs(next - sharpness) <= 1e-6 * sharpness
      sharpness = next
      if settled { break }
    }
    return Float(sharpness)
  }

  /// The same for targets of any kind; 1 where none is to be fitted, for tags and numbers, or there are no rows.
  static func fitted(to scores: Matrix<Float>, targets: Targets, threads: Threads) -> Float {
    guard case .classes(let labels) = targets, labels.count > 0 else { return 1 }
    return fitted(to: scores, labels: labels.indices, threads: threads)
  }

  /// The first two derivatives by b: Σ (mean score under the probabilities − the label's score), Σ the scores' variance.
  private static func derivatives(
    at sharpness: Double, scores: Matrix<Float>, labels: [Int32], threads: Threads
  ) -> (slope: Double, curvature: Double) {
    let (rows, classes, blockRows) = (scores.rows, scores.columns, 512)
    let sums = threads.fold(
      blocks: (rows + blockRows - 1) / blockRows, into: { SIMD2<Double>() }
    ) { sums, block in
      let range = block * blockRows..<min(rows, (block + 1) * blockRows)
      let probabilities = scores.probabilities(sharpness: Float(sharpness), rows: range)
      for row in range {
        let (start, local) = (row * classes, (row - range.lowerBound) * classes)
        var (mean, square) = (0.0, 0.0)
        let own = Double(scores.elements[start + Int(labels[row])])
        for class_ in 0..<classes {
          // Against the label's score, so that little is lost when two scores are close.
          let difference = Double(scores.elements[start + class_]) - own
          let weighted = Double(probabilities.elements[local + class_]) * difference
          mean += weighted
          square += weighted * difference
        }
        sums += SIMD2(mean, square - mean * mean)
      }
    }
    let total = sums.reduce(SIMD2<Double>(), +)
    return (total.x, total.y)
  }
}
