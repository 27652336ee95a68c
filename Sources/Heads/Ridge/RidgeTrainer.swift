public import LinearAlgebra

/// Ridge regression (Hoerl and Kennard 1970), in closed form: on numbers, or on targets of ±1, one a class or tag.
///
/// It minimises Σ ½(y − ŷ)² + λ/2·‖W‖² with free intercepts, so λ is scikit-learn's `alpha`. One eigendecomposition of
/// Xcᵀ·Xc serves all penalties, and leave-one-out predictions are exact without training N heads (Allen 1974): with
/// coordinates z along the principal axes, variations Λ, and hᵢ = 1/N + Σⱼ zᵢⱼ²/(Λⱼ + λ),
///
///     yᵢ − ŷ₍₋ᵢ₎ = (yᵢ − ŷᵢ) / (1 − hᵢ).
///
/// The link to probabilities is the one that makes the leave-one-out scores' log loss least, so that they are honest on rows it
/// has not seen: a sharpness for classes, Platt's two parameters for each tag.
public struct RidgeTrainer: HeadTrainer {
  /// The penalties tried when none is given: two a decade, from 0.001 to 1000.
  public static let defaultPenalties: [Double] = [
    0.001, 0.003162277660168379, 0.01, 0.03162277660168379, 0.1, 0.31622776601683794, 1,
    3.1622776601683795, 10, 31.622776601683793, 100, 316.22776601683796, 1000,
  ]

  /// The penalties to choose from; a single one is the one used.
  public let penalties: [Double]

  /// A trainer with one penalty λ, or with the choice among `defaultPenalties` of the one whose leave-one-out squared
  /// error is least (of equals the larger). Throws unless λ is positive and finite.
  public init(penalty: Double? = nil) throws(HeadError) {
    try self.init(penalties: penalty.map { [$0] } ?? Self.defaultPenalties)
  }

  /// A trainer that chooses among `penalties`. Throws unless there are some, all positive and finite.
  public init(penalties: [Double]) throws(HeadError) {
    if let wrong = penalties.first(where: { !($0 > 0 && $0.isFinite) }) { throw .penalty(wrong) }
    guard !penalties.isEmpty else { throw .penalty(.nan) }
    self.penalties = penalties.sorted()
  }

  /// Trains a head on all rows of `data`. The choice of a penalty is where the time goes, O(N·d·(d + outputs·penalties)).
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    try data.checkRowsCountOnce(for: .ridge)
    let (statistics, penalty, trials): (RidgeStatistics, Double, [PenaltyTrial])
    if penalties.count > 1 {
      progress(TrainingProgress(stage: .choosing, penalty: nil, iteration: 0, fraction: 0))
      let choice = RidgeChoice(among: penalties, on: data, threads: threads)
      (statistics, penalty, trials) = (choice.statistics, choice.penalty, choice.trials)
    } else {
      (statistics, penalty, trials) = (RidgeStatistics(data, threads: threads), penalties[0], [])
    }
    progress(TrainingProgress(stage: .fitting, penalty: penalty, iteration: 0, fraction: 0))
    let places = Self.linkRows(of: data.targets)
    let sample = (data.features.rows(at: places), data.targets.rows(keepingNamesAt: places))
    let trained = try Self.head(
      statistics, penalty: penalty, trials: trials, linkedBy: sample, threads: threads)
    progress(TrainingProgress(stage: .fitting, penalty: penalty, iteration: 0, fraction: 1))
    return trained
  }

  /// The places of the rows whose leave-one-out scores the link is fitted to: for the one parameter of classes a thousand, evenly
  /// spread, are enough; a tag may be on few rows, so all count.
  public static func linkRows(of targets: Targets) -> [Int] {
    let rows = 0..<targets.count
    guard case .classes = targets else { return Array(rows) }
    return rows.spread(1024)
  }

  /// The head of rows of which the statistics are known, with the link fitted to some of them, those at `linkRows`. The same
  /// statistics and rows give the same bytes as training on all rows. O(d³).
  public static func head(
    _ statistics: RidgeStatistics, penalty: Double, trials: [PenaltyTrial] = [],
    linkedBy sample: (features: Matrix<Float>, targets: Targets), threads: Threads
  ) throws(HeadError) -> TrainedHead {
    let solution = RidgeSolution(statistics, penalty: penalty)
    let scores = solution.leaveOneOut(sample.features, targets: sample.targets, threads: threads)
    let head = try solution.model().linked(to: sample.targets, by: scores, threads: threads)
    return TrainedHead(
      head: head,
      report: TrainingReport(
        converged: true, iterations: 0, objective: solution.objective, gradientNorm: solution.gradientNorm,
        penalty: penalty, validation: trials.isEmpty ? nil : .leaveOneOutSquaredError, penaltyCurve: trials),
      statistics: statistics)
  }
}
