internal import Foundation
public import LinearAlgebra

/// The labels of a task's rows, as questions that have few answers: one a row, or yes and no to each tag.
public enum TaskLabels: Sendable, Hashable {
  /// The class of each row, from 0, of so many.
  case classes([Int32], count: Int)
  /// The tags of each row, from 0, of so many.
  case tags([[Int32]], count: Int)

  /// Numbers, as the fifths that they lie in: cut at every fifth part of them in ascending order, so that equal numbers stay together.
  /// O(N·log N).
  public init(fifthsOf numbers: [Double]) {
    let sorted = numbers.sorted()
    let cuts = numbers.isEmpty ? [] : (1..<5).map { sorted[$0 * sorted.count / 5] }
    self = .classes(numbers.map { number in Int32(cuts.count { $0 <= number }) }, count: 5)
  }

  /// Those of the rows at `rows`, in that order.
  public func rows(at rows: [Int]) -> TaskLabels {
    switch self {
    case .classes(let labels, let count): .classes(rows.map { labels[$0] }, count: count)
    case .tags(let labels, let count): .tags(rows.map { labels[$0] }, count: count)
    }
  }

  /// How many rows.
  var count: Int {
    switch self {
    case .classes(let labels, _): labels.count
    case .tags(let labels, _): labels.count
    }
  }

  /// The entropy of a row's label, in nats; of tags the sum of the entropies of each.
  public var entropy: Double {
    let total = Double(max(1, count))
    switch self {
    case .classes(let labels, let count):
      var counts = [Double](repeating: 0, count: count)
      for label in labels { counts[Int(label)] += 1 }
      return counts.reduce(0) { $0 + Self.surprise($1 / total) }
    case .tags(let labels, let count):
      var counts = [Double](repeating: 0, count: count)
      for row in labels { for tag in row { counts[Int(tag)] += 1 } }
      return counts.reduce(0) { $0 + Self.surprise($1 / total) + Self.surprise(1 - $1 / total) }
    }
  }

  private static func surprise(_ share: Double) -> Double { share > 0 ? -share * log(share) : 0 }

  /// What the labels say as the answers of a source, a distribution a row [N × answers]: a class is sure; the tags of a row share it evenly,
  /// and the last answer is that it has none.
  public var distributions: Matrix<Float> {
    switch self {
    case .classes(let labels, let count):
      var answers = Matrix<Float>(rows: labels.count, columns: count)
      for (row, label) in labels.enumerated() { answers[row, Int(label)] = 1 }
      return answers
    case .tags(let labels, let count):
      var probabilities = Matrix<Float>(rows: labels.count, columns: count)
      for (row, tags) in labels.enumerated() { for tag in tags { probabilities[row, Int(tag)] = 1 } }
      return Self.distributions(ofTags: probabilities)
    }
  }

  /// The distributions that probabilities of tags [N × tags] make [N × (tags + 1)]: that there is none has the product of what each leaves,
  /// and the tags share the rest as their probabilities are to each other.
  public static func distributions(ofTags probabilities: Matrix<Float>) -> Matrix<Float> {
    var elements: [Float] = []
    elements.reserveCapacity(probabilities.rows * (probabilities.columns + 1))
    for row in 0..<probabilities.rows {
      let (none, sum) = probabilities.row(row).reduce((1.0, 0.0)) {
        ($0.0 * (1 - Double($1)), $0.1 + Double($1))
      }
      let factor = sum > 0 ? (1 - none) / sum : 0
      elements += probabilities.row(row).map { Float(Double($0) * factor) }
      elements.append(Float(none))
    }
    return Matrix(rows: probabilities.rows, columns: probabilities.columns + 1, elements: elements)
  }
}
