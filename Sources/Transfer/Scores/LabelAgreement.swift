internal import Foundation
public import LinearAlgebra

/// How well the answers of a head for another task tell the labels of this one.
public enum LabelAgreement {
  /// The log expected empirical prediction (Nguyen and others 2020): the mean logarithm of what Σ_z P(y|z)·θ(z) gives each row's label, with
  /// θ the head's probabilities and P their joint distribution with the labels. At most 0: greater is better.
  ///
  /// - Parameters:
  ///   - probabilities: θ [N × answers of the head].
  ///   - labels: The class of each row [N], from 0.
  ///   - classes: How many classes there are.
  /// - Returns: The mean logarithm, in nats.
  public static func logExpectedPrediction(
    _ probabilities: Matrix<Float>, labels: [Int32], classes: Int
  ) -> Double {
    var joint = Matrix<Double>(rows: classes, columns: probabilities.columns)
    for (row, label) in labels.enumerated() {
      for (answer, value) in probabilities.row(row).enumerated() {
        joint[Int(label), answer] += Double(value)
      }
    }
    let totals = (0..<joint.columns).map { answer in (0..<classes).reduce(0) { $0 + joint[$1, answer] } }
    let logs = labels.enumerated().reduce(0.0) { sum, labelled in
      let (row, label) = (labelled.offset, Int(labelled.element))
      let expected = probabilities.row(row).enumerated().reduce(0.0) { sum, theta in
        totals[theta.offset] > 0
          ? sum + Double(theta.element) * joint[label, theta.offset] / totals[theta.offset] : sum
      }
      return sum + log(expected)
    }
    return logs / Double(max(1, labels.count))
  }

  /// The same of tags, each of which is there or not: the sum over the tags.
  ///
  /// - Parameters:
  ///   - probabilities: θ [N × answers of the head].
  ///   - tags: The tags of each row [N], from 0.
  ///   - count: How many tags there are.
  ///   - threads: The workers.
  /// - Returns: The sum of the mean logarithms, in nats. O(N·answers·tags).
  public static func logExpectedPrediction(
    _ probabilities: Matrix<Float>, tags: [[Int32]], count: Int, threads: Threads
  ) -> Double {
    // P(there|z) of each tag and answer.
    var shares = Matrix<Double>(rows: count, columns: probabilities.columns)
    var totals = [Double](repeating: 0, count: probabilities.columns)
    for (row, tags) in tags.enumerated() {
      for (answer, value) in probabilities.row(row).enumerated() {
        totals[answer] += Double(value)
        for tag in tags { shares[Int(tag), answer] += Double(value) }
      }
    }
    for tag in 0..<count {
      for (answer, total) in totals.enumerated() where total > 0 { shares[tag, answer] /= total }
    }
    let packed = PackedDoubles(shares, transposed: true)
    let sums = threads.mapBlocks(of: tags.count, by: 256) { range in
      let given = probabilities.rows(at: range).converted(to: Double.self)
      var expected = packed.product(given)
      for (place, row) in range.enumerated() {
        let whole = given.row(place).reduce(0, +)
        for tag in 0..<count { expected[place, tag] = whole - expected[place, tag] }
        for tag in tags[row] { expected[place, Int(tag)] = whole - expected[place, Int(tag)] }
      }
      // Rounding may leave nothing of the least.
      return expected.elements.reduce(0) { $0 + log(max($1, .ulpOfOne)) }
    }
    return sums.reduce(0, +) / Double(max(1, tags.count))
  }

  /// The negative conditional entropy −H(Y|Z) of labels given the answers z of another task (Tran, Nguyen and Hassner 2019), in nats. At most
  /// 0: greater is better.
  public static func negativeConditionalEntropy(
    labels: [Int32], classes: Int, given answers: [Int32], of kinds: Int
  ) -> Double {
    var joint = [Double](repeating: 0, count: classes * kinds)
    var totals = [Double](repeating: 0, count: kinds)
    for (label, answer) in zip(labels, answers) {
      joint[Int(label) * kinds + Int(answer)] += 1
      totals[Int(answer)] += 1
    }
    let sum = joint.enumerated().reduce(0.0) { sum, cell in
      cell.element > 0 ? sum + cell.element * log(cell.element / totals[cell.offset % kinds]) : sum
    }
    return sum / Double(max(1, labels.count))
  }
}
