public import LinearAlgebra

/// What a head is trained on: features and the class of each row, checked once.
public struct TrainingData: Sendable {
  /// One row of features an example [N × d], all finite.
  public let features: Matrix<Float>
  /// The class of each row, at least two of them. Every class has a row.
  public let labels: ClassLabels

  /// Features with their labels. Throws when the counts differ, a feature is not finite, or there are fewer than two
  /// rows or two classes. A class without a row is left out.
  public init(features: Matrix<Float>, labels: ClassLabels) throws(HeadError) {
    guard features.rows == labels.count else {
      throw .rowCount(features: features.rows, labels: labels.count)
    }
    guard labels.count >= 2 else { throw .tooFewRows(labels.count) }
    let labels = labels.counts.contains(0) ? labels.rows(at: 0..<labels.count) : labels
    guard labels.classes.count >= 2 else { throw .tooFewClasses(labels.classes.count) }
    for row in 0..<features.rows where !features.row(row).allSatisfy(\.isFinite) {
      throw .notFinite(row: row)
    }
    self.features = features
    self.labels = labels
  }
}
