/// A head and the account of its training.
public struct TrainedHead: Sendable {
  /// What was learnt.
  public let head: LinearHead
  /// How it was learnt.
  public let report: TrainingReport
}

/// The account of one training.
public struct TrainingReport: Sendable, Hashable, Codable {
  /// Whether the solver reached its certificate of optimality. A closed form always does.
  public let converged: Bool
  /// How many steps the solver took; 0 for a closed form.
  public let iterations: Int
  /// The sum of the rows' losses + penalty/2 · ‖W‖².
  public let objective: Double
  /// The Euclidean norm of the objective's gradient, intercepts included.
  public let gradientNorm: Double
  /// The penalty of the head.
  public let penalty: Double
  /// What `penaltyCurve` measures; nil when nothing was left out to measure on.
  public let validation: Validation?
  /// How each penalty that was tried did on rows it had not seen, in the order tried.
  public let penaltyCurve: [PenaltyTrial]

  /// How a penalty is judged on rows that its head has not seen.
  public enum Validation: String, Sendable, Hashable, Codable {
    /// The mean squared error of ±1 one-vs-rest targets, each row by the head of all others.
    case leaveOneOutSquaredError = "leave-one-out squared error"
    /// The mean log loss over the rows of three stratified folds.
    case crossValidatedLogLoss = "3-fold log loss"
  }
}

/// One penalty, judged on rows that its head has not seen.
public struct PenaltyTrial: Sendable, Hashable, Codable {
  /// The penalty.
  public let penalty: Double
  /// The mean loss of the rows, of the kind that the report's `validation` names.
  public let loss: Double
  /// The share of rows whose class had the highest score.
  public let accuracy: Double
}
