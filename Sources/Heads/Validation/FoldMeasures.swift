/// How heads of one specification did on rows that they had not seen, fold by fold.
public struct FoldMeasures: Sendable, Hashable, Codable {
  /// The value of each measure on each fold, by the measure's key. What some fold cannot tell is left out.
  public private(set) var values: [String: [Double]] = [:]
  /// How many folds were measured on.
  public private(set) var folds = 0
  /// Whether the solver of every head reached its certificate of optimality.
  public private(set) var converged = true

  /// No folds yet.
  init() {}

  /// Adds the next fold.
  mutating func add(_ measures: HeadMeasures, converged: Bool) {
    let figures = Dictionary(uniqueKeysWithValues: measures.values.map { ($0.key, $0.value) })
    values =
      folds == 0
      ? figures.mapValues { [$0] }
      : values.reduce(into: [:]) { all, measure in
        all[measure.key] = figures[measure.key].map { measure.value + [$0] }
      }
    folds += 1
    self.converged = self.converged && converged
  }

  /// The mean of a measure over the folds; nil where it was not measured.
  public func mean(of key: String) -> Double? {
    values[key].map { $0.reduce(0, +) / Double($0.count) }
  }

  /// The standard error of that mean, s/√folds; nil where there are fewer than two.
  public func standardError(of key: String) -> Double? {
    guard let values = values[key], let mean = mean(of: key), values.count > 1 else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }
}
