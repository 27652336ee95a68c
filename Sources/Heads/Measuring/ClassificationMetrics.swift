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
  /// The mean of Σ (p − 1 or 0)² over the classes (Brier 1950), from 0 to 2; nil in versions that were measured before it was.
  public let brier: Double?
  /// The expected calibration error (Guo et al. 2017): how far the probability of the answer lies from how often it is right, over
  /// 15 bins of equal width; nil in versions that were measured before it was.
  public let calibrationError: Double?
  /// 95 % intervals of `accuracy`, `balanced_accuracy`, `macro_f1` and `log_loss`; nil in versions that were measured before they
  /// were.
  public let intervals: [String: Interval]?
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
    case calibrationError = "calibration_error"
    case brier, intervals, classes, confusion
    case perClass = "per_class"
  }

  /// Measures `probabilities` [N × classes of the head] on the classes `labels` of the rows [N]. Throws when they disagree on how
  /// many rows or classes there are, or when there are no rows. The intervals are drawn from `seed` by so
  /// many `resamples`; without any there are none.
  public init(
    probabilities: Matrix<Float>, classes headClasses: [String], labels: ClassLabels, seed: UInt64 = 0,
    resamples: Int = 1000,
    threads: Threads = .available
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
    var answered: [Answered] = []
    var (brier, calibration) = (0.0, CalibrationError())
    for row in 0..<labels.count {
      let truth = ofRows[Int(labels.indices[row])]
      let largest = probabilities.largest(ofRow: row)
      let probability = column[truth].map { Double(probabilities[row, $0]) } ?? 0
      confusion[truth][ofHead[largest]] += 1
      answered.append(Answered(truth: truth, answer: ofHead[largest], loss: LogLoss.of(probability)))
      let squares = probabilities.row(row).reduce(0) { $0 + Double($1) * Double($1) }
      brier += squares - 2 * probability + 1
      calibration.add(Double(probabilities[row, largest]), isRight: ofHead[largest] == truth)
    }
    self.rows = labels.count
    self.brier = brier / Double(labels.count)
    calibrationError = calibration.value
    classes = union.classes
    self.confusion = confusion
    let (all, count) = (answered, union.classes.count)
    let measures = Tally(all, classes: count).measures
    (accuracy, balancedAccuracy, macroF1, logLoss) = (measures[0], measures[1], measures[2], measures[3])
    perClass = confusion.indices.map { ClassMetrics(of: $0, in: confusion) }
    let intervals = Bootstrap(seed: seed, resamples: resamples).intervals(rows: all.count, threads: threads) {
      draw in
      Tally(draw.lazy.map { all[$0] }, classes: count).measures
    }
    self.intervals = Dictionary(
      uniqueKeysWithValues: zip(["accuracy", "balanced_accuracy", "macro_f1", "log_loss"], intervals))
  }

  /// What is measured of one row.
  private struct Answered: Sendable {
    let truth, answer: Int
    let loss: Double
  }

  /// How often each class is there, is answered and is answered rightly.
  private struct Tally {
    private var (there, answered, right): ([Double], [Double], [Double])
    private var (loss, rows) = (0.0, 0.0)

    init(_ rows: some Sequence<Answered>, classes: Int) {
      there = [Double](repeating: 0, count: classes)
      (answered, right) = (there, there)
      for row in rows {
        there[row.truth] += 1
        answered[row.answer] += 1
        if row.truth == row.answer { right[row.truth] += 1 }
        loss += row.loss
        self.rows += 1
      }
    }

    /// Accuracy, balanced accuracy, macro F1 and log loss.
    var measures: [Double] {
      let classes = there.indices
      return [
        right.reduce(0, +) / rows,
        mean(classes.filter { there[$0] > 0 }.map { right[$0] / there[$0] }),
        mean(
          classes.filter { there[$0] + answered[$0] > 0 }.map { 2 * right[$0] / (there[$0] + answered[$0]) }),
        loss / rows,
      ]
    }

    private func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(values.count)
    }
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
