/// A head and the account of its training.
public struct TrainedHead: Sendable {
  /// What was learnt.
  public let head: Head
  /// How it was learnt.
  public let report: TrainingReport
  /// The statistics that it was made of, where rows and labels can change in them.
  public var statistics: RidgeStatistics?
}

/// The account of one training.
public struct TrainingReport: Sendable, Hashable, Codable {
  /// Whether the solver reached its certificate of optimality. A closed form always does.
  public let converged: Bool
  /// How many steps the solver took; 0 for a closed form.
  public let iterations: Int
  /// The sum of the rows' losses + penalty/2 · ‖W‖²; 0 where nothing is minimised.
  public let objective: Double
  /// The Euclidean norm of the objective's gradient, intercepts included.
  public let gradientNorm: Double
  /// The penalty of the head; nil where the method has none.
  public let penalty: Double?
  /// What `penaltyCurve` measures; nil when nothing was left out to measure on.
  public let validation: Validation?
  /// How each penalty that was tried did on rows it had not seen, in the order tried.
  public let penaltyCurve: [PenaltyTrial]

  /// How many neighbours vote; nil where none do.
  public var neighbours: Int?
  /// How each number of neighbours that was tried did on rows that were not among their own neighbours, in the order tried.
  public var neighbourCurve: [NeighbourTrial]?

  /// The account of the choice of a number of neighbours.
  static func neighbours(_ count: Int, trials: [NeighbourTrial]) -> TrainingReport {
    var report = closedForm
    (report.neighbours, report.neighbourCurve) = (count, trials)
    return report
  }

  /// The account of a training of which nothing is known.
  public static var unknown: TrainingReport {
    TrainingReport(
      converged: false, iterations: 0, objective: 0, gradientNorm: 0, penalty: nil, validation: nil,
      penaltyCurve: [])
  }

  /// The account of a method that has a closed form and nothing to choose.
  static var closedForm: TrainingReport {
    TrainingReport(
      converged: true, iterations: 0, objective: 0, gradientNorm: 0, penalty: nil, validation: nil,
      penaltyCurve: [])
  }

  /// How a penalty is judged on rows that its head has not seen.
  public enum Validation: String, Sendable, Hashable, Codable {
    /// The mean squared error of the outputs (±1 for classes and tags), each row by the head of all others.
    case leaveOneOutSquaredError = "leave-one-out squared error"
    /// The mean log loss over the rows of three stratified folds, weighted and smoothed as it was trained.
    case crossValidatedLogLoss = "3-fold log loss"
    /// The mean squared hinge over the rows of three stratified folds, weighted as it was trained.
    case crossValidatedSquaredHinge = "3-fold squared hinge"
  }
}

/// One penalty, judged on rows that its head has not seen.
public struct PenaltyTrial: Sendable, Hashable, Codable {
  /// The penalty.
  public let penalty: Double
  /// The mean loss of the rows, of the kind that the report's `validation` names.
  public let loss: Double
  /// The share of rows whose class had the highest score, or of all rows' tags that were told rightly; nil for numbers.
  public let accuracy: Double?
}

/// One number of neighbours, judged on rows that were not among their own neighbours.
public struct NeighbourTrial: Sendable, Hashable, Codable {
  /// How many neighbours vote.
  public let neighbours: Int
  /// The mean log loss of the rows, or for numbers the mean absolute error.
  public let loss: Double
  /// The share of rows whose class had the highest score, or of all rows' tags that were told rightly; nil for numbers.
  public let accuracy: Double?
}
