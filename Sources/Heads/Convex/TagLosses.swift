internal import Foundation
internal import LinearAlgebra

/// −log of the probability of what is true of each tag: logistic regression, tag by tag.
struct TagLogisticLoss: HeadLoss {
  /// The tags of each row [N].
  let tags: [[Int32]]
  let scores: Int
  static let ignoresCommonShift = false

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    // log(1 + exp(s)) of every tag, less s of those that are there. Factors of at most two are multiplied before their logarithm is
    // taken.
    var (loss, factor) = (0.0, 1.0)
    let values = scores.elements
    scores.applyLogistic()
    for (index, value) in values.enumerated() {
      let probability = scores.elements[index]
      curvature[index % self.scores] += probability * (1 - probability)
      loss += Double(max(value, 0))
      factor /= Double(value < 0 ? 1 - probability : probability)
      if index % 64 == 63 {
        loss += log(factor)
        factor = 1
      }
    }
    loss += log(factor)
    for (place, row) in rows.enumerated() {
      for tag in tags[row] {
        loss -= Double(values[place * self.scores + Int(tag)])
        scores[place, Int(tag)] -= 1
      }
    }
    return loss
  }

  /// p·(1 − p): a slope is p, or p − 1.
  static func curvature(slope: Float) -> Float { slope.magnitude * (1 - slope.magnitude) }

  func rows(at rows: [Int]) -> Self { Self(tags: rows.map { tags[$0] }, scores: scores) }

  /// The logits of the tags' shares.
  var restingIntercepts: [Double] {
    tags.counts(of: scores).map { log(max($0, 0.5) / max(Double(tags.count) - $0, 0.5)) }
  }
}

/// Σ max(0, 1 − y·score)² over the tags, with y = 1 for those that are there and −1 for the others.
struct TagHingeLoss: HeadLoss {
  /// The tags of each row [N].
  let tags: [[Int32]]
  let scores: Int
  static let ignoresCommonShift = false

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    var loss = 0.0
    for (place, row) in rows.enumerated() {
      let there = tags[row]
      var next = there.startIndex
      for tag in 0..<self.scores {
        let isThere = next < there.endIndex && Int(there[next]) == tag
        if isThere { next += 1 }
        let truth: Float = isThere ? 1 : -1
        let margin = 1 - truth * scores[place, tag]
        scores[place, tag] = margin > 0 ? -2 * truth * margin : 0
        guard margin > 0 else { continue }
        loss += Double(margin) * Double(margin)
        curvature[tag] += 2
      }
    }
    return loss
  }

  /// A row within the margin has a slope; one outside has neither.
  static func curvature(slope: Float) -> Float { slope == 0 ? 0 : 2 }

  func rows(at rows: [Int]) -> Self { Self(tags: rows.map { tags[$0] }, scores: scores) }

  /// The mean targets: the minimum of the squares, while all rows lie within the margin.
  var restingIntercepts: [Double] { tags.counts(of: scores).map { 2 * $0 / Double(tags.count) - 1 } }
}

extension [[Int32]] {
  /// How many rows have each of so many tags.
  fileprivate func counts(of tags: Int) -> [Double] {
    reduce(into: [Double](repeating: 0, count: tags)) { counts, row in
      for tag in row { counts[Int(tag)] += 1 }
    }
  }
}
