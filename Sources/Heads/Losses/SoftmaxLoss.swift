internal import Foundation
internal import LinearAlgebra

/// −Σ t·log softmax(scores) of each row, weighted: multinomial logistic regression.
///
/// The targets t are 1 for the row's class and 0 for the others, or with label smoothing (Szegedy et al. 2016) 1 − ε + ε/K and ε/K. That
/// adds a linear function of the scores to what a row costs: ε·(the class's score − the mean score).
struct SoftmaxLoss: ConvexLoss {
  /// The class of each row [N].
  let labels: [Int32]
  let scores: Int
  private let weights: RowWeights
  /// The share ε of each target that is spread over all classes.
  private let smoothing: Float
  /// How often the rows of each class count together [classes].
  private let classMasses: [Double]
  static let ignoresCommonShift = true

  init(labels: [Int32], scores: Int, weights: RowWeights = RowWeights(), smoothing: Float = 0) {
    (self.labels, self.scores, self.weights, self.smoothing) = (labels, scores, weights, smoothing)
    classMasses = weights.masses(of: labels, classes: scores)
  }

  /// The loss of labels by the settings of a training.
  init(_ labels: ClassLabels, weights: ClassWeights?, rows: [Float]? = nil, smoothing: Double?) {
    self.init(
      labels: labels.indices, scores: labels.classes.count,
      weights: RowWeights(classes: weights?.weights(of: labels), rows: rows), smoothing: Float(smoothing ?? 0)
    )
  }

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    let labels = labels[rows]
    let added = smoothing > 0 ? smoothingLoss(scores, labels) : 0
    let loss = scores.becomeSlopes(
      of: .softmax, labels: labels, weights: weights.weights(of: labels), curvature: &curvature)
    if smoothing > 0 { addSmoothingSlopes(to: &scores, labels) }
    return loss + added
  }

  /// What smoothing adds to the losses.
  private func smoothingLoss(_ scores: Matrix<Float>, _ labels: ArraySlice<Int32>) -> Double {
    labels.indices.enumerated().reduce(0) { sum, labelled in
      let (place, row) = (labelled.offset, labelled.element)
      let own = Double(scores[place, Int(labels[row])])
      let mean = scores.row(place).reduce(0) { $0 + Double($1) } / Double(self.scores)
      return sum + Double(weights.weight(ofRow: row, class: labels[row])) * Double(smoothing) * (own - mean)
    }
  }

  private func addSmoothingSlopes(to slopes: inout Matrix<Float>, _ labels: ArraySlice<Int32>) {
    for (place, row) in labels.indices.enumerated() {
      let label = labels[row]
      let share = weights.weight(ofRow: row, class: label) * smoothing
      slopes.fillRow(place) { row in
        for class_ in row.indices { row[class_] -= share / Float(scores) }
        row[Int(label)] += share
      }
    }
  }

  /// w·p·(1 − p): without weight and smoothing a slope is p, or p − 1.
  func turnIntoCurvatures(_ slopes: inout Matrix<Float>, of rows: Range<Int>) {
    for (place, row) in rows.enumerated() {
      let label = labels[row]
      let (weight, even) = (weights.weight(ofRow: row, class: label), smoothing / Float(scores))
      slopes.fillRow(place) { row in
        for class_ in row.indices {
          let slope = row[class_] / weight + even - (class_ == Int(label) ? smoothing : 0)
          row[class_] = weight * slope.magnitude * (1 - slope.magnitude)
        }
      }
    }
  }

  func rows(at rows: [Int]) -> SoftmaxLoss {
    SoftmaxLoss(
      labels: rows.map { labels[$0] }, scores: scores, weights: weights.rows(at: rows), smoothing: smoothing)
  }

  var masses: [Double] { [Double](repeating: classMasses.reduce(0, +), count: scores) }

  /// Those that give each class its share of the targets.
  var restingIntercepts: [Double] {
    let masses = classMasses.indices.map { max(classMasses[$0], 0.5 * Double(weights.weight(ofClass: $0))) }
    let (kept, even) = (1 - Double(smoothing), Double(smoothing) * masses.reduce(0, +) / Double(scores))
    let logarithms = masses.map { log(kept * $0 + even) }
    let mean = logarithms.reduce(0, +) / Double(scores)
    return logarithms.map { $0 - mean }
  }
}
