import Firn
import Terminal

extension Measure {
  /// What it is called.
  var name: String { Self.name(of: key) }

  /// What a measure is called.
  static func name(of key: String) -> String {
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
  var text: String { Self.text(of: value, key) }

  /// Between what it lies, where that is known.
  var intervalText: String {
    interval.map { "\(Self.text(of: $0.low, key)) to \(Self.text(of: $0.high, key))" } ?? ""
  }

  /// A figure as people read it, by the key of what it measures.
  static func text(of value: Double, _ key: String) -> String {
    switch key {
    case "accuracy", "balanced_accuracy", "exact_matches": value.percent
    case "mae", "rmse": value.compact
    default: value.fixed(3)
    }
  }
}

extension HeadMeasures {
  /// Writes the figures with their intervals.
  func write(to output: Output) {
    output.table(
      [.left("measure"), .right("value"), .right("95 % interval")],
      values.map { [$0.name, $0.text, $0.intervalText] })
  }

  /// Writes the measures of each class or tag; numbers have none.
  func writeClasses(to output: Output) {
    switch self {
    case .classes(let metrics): ClassTables(metrics: metrics).write(to: output)
    case .tags(let metrics): TagTable(metrics: metrics).write(to: output)
    case .numbers: break
    }
  }
}
