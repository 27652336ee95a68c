public import Heads

extension Measure {
  /// What it is called.
  public var name: String {
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
  public var text: String { text(of: value) }

  /// Between what it lies, where that is known.
  public var intervalText: String {
    interval.map { "\(text(of: $0.low)) to \(text(of: $0.high))" } ?? ""
  }

  private func text(of value: Double) -> String {
    switch key {
    case "accuracy", "balanced_accuracy", "exact_matches": value.percent
    case "mae", "rmse": value.compact
    default: value.fixed(3)
    }
  }
}
