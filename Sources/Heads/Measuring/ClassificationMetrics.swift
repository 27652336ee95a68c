internal import Foundation
public import LinearAlgebra

/// How well probabilities fit the classes that rows truly have.
///
/// Classes are those of the head and those of the rows together: a row of a class that the head has never seen counts as
/// wrong, and gives its class a probability of 0.
public struct ClassificationMetrics: Sendable, Codable {
  /// How many rows were measured.
  public let rows: Int
  /// The share of rows whose most probable class is theirs.
  public let accuracy: Double
  /// The mean recall of the classes that rows have.
  public let balancedAccuracy: Double
  /// The mean F1 of the classes that rows have or were given.
  public let macroF1: Double
  /// The mean of −ln p of each row's class, p at least 2⁻²³ and at most 1 − 2⁻²³: a float's resolution of one, as in
  /// scikit-learn, so that no single row makes it infinite.
  public let logLoss: Double
  /// The classes, sorted by their UTF-8 bytes.
  public let classes: [String]
  /// How often a row of the first index's class was given the second's [classes × classes].
  public let confusion: [[Int]]
  /// Precision, recall and F1 of each class.
  public let perClass: [ClassMetrics]

  enum CodingKeys: String, CodingKey {
    case rows, accuracy
    case balancedAccuracy = "balanced_accuracy"
    case macroF1 = "macro_f1"
    case logLoss = "log_loss"
    case classes, confusion
    case perClass = "per_class"
  }

  /// Measures `probabilities` [N × classes of the head] on the classes `labels` of the rows [N]. Throws when they disagree on how
  /// many rows or classes there are, or when there are no rows.
  public init(
    probabilities: Matrix<Float>, classes headClasses: [String], labels: ClassLabels
  ) throws(HeadError) {
    try ClassLabels.check(headClasses)
    guard probabilities.rows == labels.count else {
      throw .rowCount(features: probabilities.rows, labels: labels.count)
    }
    guard labels.count > 0 else { throw .tooFewRows(0) }
    guard probabilities.columns == headClasses.count, !headClasses.isEmpty else {
      throw .classes(problem: "\(probabilities.columns) probabilities a row for \(headClasses.count) classes")
    }
    let union = ClassLabels(headClasses + labels.classes)
    let ofHead = union.indices.prefix(headClasses.count).map { Int($0) }
    let ofRows = union.indices.suffix(labels.classes.count).map { Int($0) }
    var column = [Int?](repeating: nil, count: union.classes.count)
    for (index, class_) in ofHead.enumerated() { column[class_] = index }

    var confusion = [[Int]](
      repeating: [Int](repeating: 0, count: union.classes.count), count: union.classes.count)
    let resolution = Double(Float.ulpOfOne)
    var loss = 0.0
    for row in 0..<labels.count {
      let truth = ofRows[Int(labels.indices[row])]
      confusion[truth][ofHead[probabilities.largest(ofRow: row)]] += 1
      let probability = column[truth].map { Double(probabilities[row, $0]) } ?? 0
      loss -= log(min(max(probability, resolution), 1 - resolution))
    }
    rows = labels.count
    classes = union.classes
    self.confusion = confusion
    logLoss = loss / Double(rows)
    accuracy = Double(confusion.indices.reduce(0) { $0 + confusion[$1][$1] }) / Double(rows)
    let perClass = confusion.indices.map { ClassMetrics(of: $0, in: confusion) }
    self.perClass = perClass
    balancedAccuracy = Self.mean(perClass.filter { $0.support > 0 }.map(\.recall))
    macroF1 = Self.mean(perClass.filter { $0.support + $0.predicted > 0 }.map(\.f1))
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
}

/// How well one class is told from all others. A ratio of nothing to nothing is 0.
public struct ClassMetrics: Sendable, Hashable, Codable {
  /// The share of the rows given this class that have it.
  public let precision: Double
  /// The share of the rows that have this class that were given it.
  public let recall: Double
  /// The harmonic mean of precision and recall.
  public let f1: Double
  /// How many rows have this class.
  public let support: Int
  /// How many rows were given it.
  public let predicted: Int

  /// The metrics of one class of a confusion matrix.
  init(of class_: Int, in confusion: [[Int]]) {
    let correct = Double(confusion[class_][class_])
    support = confusion[class_].reduce(0, +)
    predicted = confusion.reduce(0) { $0 + $1[class_] }
    precision = predicted > 0 ? correct / Double(predicted) : 0
    recall = support > 0 ? correct / Double(support) : 0
    f1 = support + predicted > 0 ? 2 * correct / Double(support + predicted) : 0
  }
}
