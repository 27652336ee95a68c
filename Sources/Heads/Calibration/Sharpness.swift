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
    let leads = scores.columns == 2 ? leads(of: scores, labels: labels) : nil
    for _ in 0..<100 {
      let (slope, curvature) =
        leads.map { derivatives(at: sharpness, leads: $0, threads: threads) }
        ?? derivatives(at: sharpness, scores: scores, labels: labels, threads: threads)
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

  /// How far the other one of two classes' scores lies above the label's, of each row [N × 1].
  private static func leads(of scores: Matrix<Float>, labels: [Int32]) -> Matrix<Float> {
    let leads = labels.enumerated().map { row, label in scores[row, 1 - Int(label)] - scores[row, Int(label)]
    }
    return Matrix(rows: leads.count, columns: 1, elements: leads)
  }

  /// The same derivatives for two classes, whose softmax is a logistic function: Σ p·x, Σ p·(1 − p)·x² of the leads x.
  private static func derivatives(
    at sharpness: Double, leads: Matrix<Float>, threads: Threads
  ) -> (slope: Double, curvature: Double) {
    let (rows, blockRows) = (leads.rows, 4096)
    let sums = threads.fold(
      blocks: (rows + blockRows - 1) / blockRows, into: { SIMD2<Double>() }
    ) { sums, block in
      let range = block * blockRows..<min(rows, (block + 1) * blockRows)
      let part = leads.elements[range]
      let probabilities = Matrix(rows: range.count, columns: 1, elements: Array(part))
        .logistic(sharpness: Float(sharpness))
      for (lead, probability) in zip(part, probabilities.elements) {
        let weighted = Double(probability) * Double(lead)
        sums += SIMD2(weighted, weighted * Double(lead) * Double(1 - probability))
      }
    }
    let total = sums.reduce(SIMD2<Double>(), +)
    return (total.x, total.y)
  }
}
