internal import Foundation
internal import LinearAlgebra

/// −log of the probability of what is true of each tag, weighted by tag: logistic regression, tag by tag.
///
/// With label smoothing the truth of a tag is 1 − ε/2 or ε/2, and both sides count by it.
struct TagLogisticLoss: ConvexLoss {
  private let truth: TagTruth
  /// The share ε of each truth that goes half to either side.
  private let smoothing: Float
  static let ignoresCommonShift = false

  private init(_ truth: TagTruth, smoothing: Float) {
    (self.truth, self.smoothing) = (truth, smoothing)
  }

  /// The loss of labels by the settings of a training.
  init(_ labels: TagLabels, weights: ClassWeights?, smoothing: Double?) {
    self.init(TagTruth(labels, weights: weights), smoothing: Float(smoothing ?? 0))
  }

  var scores: Int { truth.count }

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    let values = scores.elements
    scores.applyLogistic()
    return truth.countsEvenly && smoothing == 0
      ? addEvenSlopes(of: rows, values, to: &scores, curvature: &curvature)
      : addWeightedSlopes(of: rows, values, to: &scores, curvature: &curvature)
  }

  /// log(1 + exp(s)) of every tag's score s, less s of those that are there. Factors of at most two are multiplied before their logarithm
  /// is taken.
  private func addEvenSlopes(
    of rows: Range<Int>, _ values: [Float], to probabilities: inout Matrix<Float>, curvature: inout [Float]
  ) -> Double {
    var (loss, factor) = (0.0, 1.0)
    for (index, value) in values.enumerated() {
      let probability = probabilities.elements[index]
      curvature[index % scores] += probability * (1 - probability)
      loss += Double(max(value, 0))
      factor /= Double(value < 0 ? 1 - probability : probability)
      if index % 64 == 63 {
        loss += log(factor)
        factor = 1
      }
    }
    loss += log(factor)
    for (place, row) in rows.enumerated() {
      for tag in truth[row] {
        loss -= Double(values[place * scores + Int(tag)])
        probabilities[place, Int(tag)] -= 1
      }
    }
    return loss
  }

  /// log(1 + exp(s)) − t·s of every tag's score s and truth t, as often as it counts.
  private func addWeightedSlopes(
    of rows: Range<Int>, _ values: [Float], to probabilities: inout Matrix<Float>, curvature: inout [Float]
  ) -> Double {
    var loss = 0.0
    truth.forEach(in: rows) { place, tag, isThere in
      let (value, probability) = (values[place * scores + tag], probabilities[place, tag])
      let weight = truth.weight(tag, isThere: isThere)
      let softened = Double(max(value, 0)) - log(Double(value < 0 ? 1 - probability : probability))
      loss += Double(weight) * (softened - Double(target(isThere)) * Double(value))
      curvature[tag] += weight * probability * (1 - probability)
      probabilities[place, tag] = weight * (probability - target(isThere))
    }
    return loss
  }

  private func target(_ isThere: Bool) -> Float { isThere ? 1 - smoothing / 2 : smoothing / 2 }

  /// w·p·(1 − p): without weight and smoothing a slope is p, or p − 1.
  func turnIntoCurvatures(_ slopes: inout Matrix<Float>, of rows: Range<Int>) {
    truth.forEach(in: rows) { place, tag, isThere in
      let weight = truth.weight(tag, isThere: isThere)
      let slope = slopes[place, tag] / weight + (isThere ? -smoothing / 2 : smoothing / 2)
      slopes[place, tag] = weight * slope.magnitude * (1 - slope.magnitude)
    }
  }

  func rows(at rows: [Int]) -> Self { Self(truth.rows(at: rows), smoothing: smoothing) }

  var masses: [Double] { truth.masses }

  /// The logits of the tags' shares of the targets.
  var restingIntercepts: [Double] {
    let (most, least) = (Double(1 - smoothing / 2), Double(smoothing / 2))
    return (0..<scores).map { tag in
      let present = max(truth.present[tag], 0.5 * Double(truth.weight(tag, isThere: true)))
      let absent = max(truth.absent[tag], 0.5 * Double(truth.weight(tag, isThere: false)))
      return log((most * present + least * absent) / (most * absent + least * present))
    }
  }
}
