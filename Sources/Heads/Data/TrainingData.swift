public import LinearAlgebra

/// What a head is trained on: features and the right answer of each row, checked once.
public struct TrainingData: Sendable {
  /// One row of features an example [N × d], all finite.
  public let features: Matrix<Float>
  /// The answer of each row. There are at least two rows and two classes or one tag; every class and tag has a row.
  public let targets: Targets
  /// How often each row counts [N], all positive; nil where all count once.
  public let weights: [Float]?

  /// Features with their answers. A class or tag without a row is left out.
  ///
  /// - Throws: ``HeadError`` when the counts differ, a feature or number is not finite, there are fewer than two rows, two classes or
  ///   one tag, or a weight is out of bounds.
  public init(features: Matrix<Float>, targets: Targets, weights: [Float]? = nil) throws(HeadError) {
    guard features.rows == targets.count else {
      throw .rowCount(features: features.rows, labels: targets.count)
    }
    self.targets = try targets.checked()
    try features.checkFinite()
    (self.features, self.weights) = (features, weights)
    guard let weights else { return }
    guard weights.count == targets.count else {
      throw .rowCount(features: weights.count, labels: targets.count)
    }
    if let wrong = weights.first(where: { !ClassWeights.bounds.contains(Double($0)) }) {
      throw .setting("the weight of a row", problem: "is \(wrong); it must lie between 1e-9 and 1e9")
    }
  }

  /// Features with the class of each row.
  public init(features: Matrix<Float>, labels: ClassLabels) throws(HeadError) {
    try self.init(features: features, targets: .classes(labels))
  }

  /// How many rows there are.
  public var count: Int { features.rows }

  /// Throws when rows are weighted, which `method` cannot take into account for such answers.
  func checkRowsCountOnce(for method: HeadMethod) throws(HeadError) {
    guard weights != nil else { return }
    throw .setting(
      "a weight of rows",
      problem:
        "is nothing that the method \(method.rawValue) has for such labels; train by logistic, svm or mlp on classes"
    )
  }

  /// The classes of the rows. Throws when the answers are of another kind, which `method` does not learn.
  func classLabels(for method: HeadMethod) throws(HeadError) -> ClassLabels {
    guard case .classes(let labels) = targets else { throw .unsuited(method: method, to: targets.answers) }
    return labels
  }
}

extension Targets {
  /// The targets, but for the classes and tags that no row has. Throws when a head cannot learn from them.
  func checked() throws(HeadError) -> Targets {
    guard count >= 2 else { throw .tooFewRows(count) }
    switch self {
    case .classes(let labels):
      let labels = labels.counts.contains(0) ? labels.rows(at: 0..<labels.count) : labels
      guard labels.classes.count >= 2 else { throw .tooFewClasses(labels.classes.count) }
      return .classes(labels)
    case .tags(let labels):
      let labels = labels.counts.contains(0) ? labels.rows(at: 0..<labels.count) : labels
      guard !labels.tags.isEmpty else { throw .noTags }
      return .tags(labels)
    case .numbers(let numbers):
      if let row = numbers.firstIndex(where: { !Float($0).isFinite }) { throw .numberNotFinite(row: row) }
      return self
    }
  }
}

extension Matrix<Float> {
  /// Throws when a value is not finite.
  func checkFinite() throws(HeadError) {
    for row in 0..<rows where !self.row(row).allSatisfy(\.isFinite) { throw .notFinite(row: row) }
  }
}
