/// One figure of how well a head does.
public struct Measure: Sendable, Hashable {
  /// What is measured, by its key in JSON.
  public let key: String
  /// The figure.
  public let value: Double
  /// Between what it lies at 95 %; nil where no interval is drawn.
  public let interval: Interval?

  /// Whether less of what a key stands for is better.
  public static func isLoss(_ key: String) -> Bool {
    ["log_loss", "brier", "calibration_error", "mae", "rmse"].contains(key)
  }
}

extension HeadMeasures {
  /// The figures over all rows, the telling one first.
  public var values: [Measure] {
    switch self {
    case .classes(let metrics): Self.ofClasses.measures(of: metrics, intervals: metrics.intervals)
    case .tags(let metrics): Self.ofTags.measures(of: metrics, intervals: metrics.intervals)
    case .numbers(let metrics): Self.ofNumbers.measures(of: metrics, intervals: metrics.intervals)
    }
  }

  /// The keys of `values` for one kind of answers, the telling one first.
  public static func keys(of answers: Answers) -> [String] {
    switch answers {
    case .oneOf: ofClasses.map(\.key)
    case .anyOf: ofTags.map(\.key)
    case .number: ofNumbers.map(\.key)
    }
  }

  private static let ofClasses: [Figure<ClassificationMetrics>] = [
    Figure(key: "accuracy") { $0.accuracy }, Figure(key: "balanced_accuracy") { $0.balancedAccuracy },
    Figure(key: "macro_f1") { $0.macroF1 }, Figure(key: "log_loss") { $0.logLoss },
    Figure(key: "brier") { $0.brier }, Figure(key: "calibration_error") { $0.calibrationError },
  ]

  private static let ofTags: [Figure<TagMetrics>] = [
    Figure(key: "micro_f1") { $0.microF1 }, Figure(key: "macro_f1") { $0.macroF1 },
    Figure(key: "average_precision") { $0.averagePrecision }, Figure(key: "roc_auc") { $0.rocAUC },
    Figure(key: "exact_matches") { $0.exactMatches }, Figure(key: "log_loss") { $0.logLoss },
    Figure(key: "brier") { $0.brier }, Figure(key: "calibration_error") { $0.calibrationError },
  ]

  private static let ofNumbers: [Figure<RegressionMetrics>] = [
    Figure(key: "r2") { $0.r2 }, Figure(key: "mae") { $0.meanAbsoluteError },
    Figure(key: "rmse") { $0.rootMeanSquaredError },
  ]
}

/// Where a figure is found among the metrics of a kind of task.
private struct Figure<Metrics>: Sendable {
  let key: String
  /// nil where it was not measured.
  let value: @Sendable (Metrics) -> Double?
}

extension Array {
  fileprivate func measures<Metrics>(
    of metrics: Metrics, intervals: [String: Interval]?
  ) -> [Measure] where Element == Figure<Metrics> {
    compactMap { figure in
      figure.value(metrics).map { Measure(key: figure.key, value: $0, interval: intervals?[figure.key]) }
    }
  }
}
