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
    let (figures, intervals): ([(String, Double?)], [String: Interval]?) =
      switch self {
      case .classes(let metrics):
        (
          [
            ("accuracy", metrics.accuracy), ("balanced_accuracy", metrics.balancedAccuracy),
            ("macro_f1", metrics.macroF1), ("log_loss", metrics.logLoss), ("brier", metrics.brier),
            ("calibration_error", metrics.calibrationError),
          ], metrics.intervals
        )
      case .tags(let metrics):
        (
          [
            ("micro_f1", metrics.microF1), ("macro_f1", metrics.macroF1),
            ("average_precision", metrics.averagePrecision), ("roc_auc", metrics.rocAUC),
            ("exact_matches", metrics.exactMatches), ("log_loss", metrics.logLoss),
            ("brier", metrics.brier), ("calibration_error", metrics.calibrationError),
          ], metrics.intervals
        )
      case .numbers(let metrics):
        (
          [
            ("r2", metrics.r2), ("mae", metrics.meanAbsoluteError), ("rmse", metrics.rootMeanSquaredError),
          ], metrics.intervals
        )
      }
    return figures.compactMap { key, value in
      value.map { Measure(key: key, value: $0, interval: intervals?[key]) }
    }
  }

  /// The keys of `values` for one kind of answers, the telling one first.
  public static func keys(of answers: Answers) -> [String] {
    switch answers {
    case .oneOf: ["accuracy", "balanced_accuracy", "macro_f1", "log_loss", "brier", "calibration_error"]
    case .anyOf:
      [
        "micro_f1", "macro_f1", "average_precision", "roc_auc", "exact_matches", "log_loss", "brier",
        "calibration_error",
      ]
    case .number: ["r2", "mae", "rmse"]
    }
  }
}
