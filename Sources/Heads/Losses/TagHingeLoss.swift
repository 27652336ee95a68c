internal import LinearAlgebra

/// Σ max(0, 1 − y·score)² over the tags, with y = 1 for those that are there and −1 for the others, weighted by tag.
struct TagHingeLoss: ConvexLoss {
  private let truth: TagTruth
  static let ignoresCommonShift = false

  private init(_ truth: TagTruth) { self.truth = truth }

  /// The loss of labels by the settings of a training.
  init(_ labels: TagLabels, weights: ClassWeights?) {
    self.init(TagTruth(labels, weights: weights))
  }

  var scores: Int { truth.count }

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    var loss = 0.0
    truth.forEach(in: rows) { place, tag, isThere in
      let (sign, weight): (Float, Float) = (isThere ? 1 : -1, truth.weight(tag, isThere: isThere))
      let margin = 1 - sign * scores[place, tag]
      scores[place, tag] = margin > 0 ? -2 * sign * margin * weight : 0
      guard margin > 0 else { return }
      loss += Double(margin) * Double(margin) * Double(weight)
      curvature[tag] += 2 * weight
    }
    return loss
  }

  /// A row within the margin has a slope; one outside has neither.
  func turnIntoCurvatures(_ slopes: inout Matrix<Float>, of rows: Range<Int>) {
    truth.forEach(in: rows) { place, tag, isThere in
      slopes[place, tag] = slopes[place, tag] == 0 ? 0 : 2 * truth.weight(tag, isThere: isThere)
    }
  }

  func rows(at rows: [Int]) -> Self { Self(truth.rows(at: rows)) }

  var masses: [Double] { truth.masses }

  /// The mean targets: the minimum of the squares, while all rows lie within the margin.
  var restingIntercepts: [Double] {
    zip(truth.present, truth.masses).map { 2 * $0 / $1 - 1 }
  }
}
