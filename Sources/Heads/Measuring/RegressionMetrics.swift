public import LinearAlgebra

/// How near numbers come to those that rows truly have.
public struct RegressionMetrics: Sendable, Codable, Hashable {
  /// How many rows were measured.
  public let rows: Int
  /// The coefficient of determination, 1 − Σ(y − ŷ)²/Σ(y − ȳ)²: 1 for what is always right, 0 for what always says the mean. Where all
  /// numbers are equal it is 1 or 0, as in scikit-learn.
  public let r2: Double
  /// The mean absolute error.
  public let meanAbsoluteError: Double
  /// The root of the mean squared error.
  public let rootMeanSquaredError: Double
  /// 95 % intervals of `r2`, `mae` and `rmse`.
  public let intervals: [String: Interval]

  enum CodingKeys: String, CodingKey {
    case rows, r2, intervals
    case meanAbsoluteError = "mae"
    case rootMeanSquaredError = "rmse"
  }

  /// Measures `outputs` [N × 1] on the numbers of the rows [N]; the intervals are drawn from `seed` by so many `resamples`.
  ///
  /// - Throws: ``HeadError`` when the counts differ or there are no rows.
  public init(
    outputs: Matrix<Float>, numbers: [Double], seed: UInt64 = 0, resamples: Int = 1000,
    threads: Threads = .available
  ) throws(HeadError) {
    guard outputs.rows == numbers.count, outputs.columns == 1 else {
      throw .rowCount(features: outputs.elements.count, labels: numbers.count)
    }
    guard !numbers.isEmpty else { throw .tooFewRows(0) }
    rows = numbers.count
    let given = outputs.elements.map { Double($0) }
    let measures = Self.measures(of: numbers.indices, given: given, numbers: numbers)
    (r2, meanAbsoluteError, rootMeanSquaredError) = (measures[0], measures[1], measures[2])
    let intervals = Bootstrap(seed: seed, resamples: resamples).intervals(
      rows: numbers.count, threads: threads
    ) {
      Self.measures(of: $0, given: given, numbers: numbers)
    }
    self.intervals = Dictionary(uniqueKeysWithValues: zip(["r2", "mae", "rmse"], intervals))
  }

  /// R², the mean absolute and the root mean squared error of some rows.
  private static func measures(of rows: some Sequence<Int>, given: [Double], numbers: [Double]) -> [Double] {
    let rows = Array(rows)
    let count = Double(rows.count)
    let mean = rows.reduce(0) { $0 + numbers[$1] } / count
    var (absolute, square, variation) = (0.0, 0.0, 0.0)
    for row in rows {
      let (error, distance) = (given[row] - numbers[row], numbers[row] - mean)
      absolute += abs(error)
      square += error * error
      variation += distance * distance
    }
    let r2 = variation > 0 ? 1 - square / variation : square > 0 ? 0 : 1
    return [r2, absolute / count, (square / count).squareRoot()]
  }
}
