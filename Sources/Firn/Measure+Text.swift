public import Heads

extension Measure {
  /// What it is called.
  public var name: String { Self.name(of: key) }

  /// What a measure is called.
  public static func name(of key: String) -> String {
    switch key {
    case "accuracy": "accuracy"
    case "balanced_accuracy": "balanced accuracy"
    case "macro_f1": "macro F1"
    case "micro_f1": "micro F1"
    case "average_precision": "average precision"
    case "roc_auc": "ROC-AUC"
    case "exact_matches": "exact matches"
    case "log_loss": "log loss"
    case "brier": "Brier score"
    case "calibration_error": "calibration error"
    case "r2": "R²"
    case "mae": "mean absolute error"
    case "rmse": "root mean squared error"
    default: key
    }
  }

  /// The figure as people read it: shares as percentages.
  public var text: String { Self.text(of: value, key) }

  /// Between what it lies, where that is known.
  public var intervalText: String {
    interval.map { "\(Self.text(of: $0.low, key)) to \(Self.text(of: $0.high, key))" } ?? ""
  }

  /// A figure as people read it, by the key of what it measures.
  public static func text(of value: Double, _ key: String) -> String {
    switch key {
    case "accuracy", "balanced_accuracy", "exact_matches": value.percent
    case "mae", "rmse": value.compact
    default: value.fixed(3)
    }
  }
}
