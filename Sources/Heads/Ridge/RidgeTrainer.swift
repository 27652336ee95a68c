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

  /// Trains a head on all rows of `data`; `LeaveOneOut` is where the time goes, O(N·d·(d + classes·penalties)).
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let fit = RidgeFit(data, penalties: penalties, threads: threads)
    progress(TrainingProgress(stage: .choosingPenalty, penalty: nil, iteration: 0, fraction: 0))
    let leaveOneOut = LeaveOneOut(of: fit, threads: threads)
    let chosen = leaveOneOut.bestPenalty
    progress(
      TrainingProgress(stage: .fitting, penalty: penalties[chosen], iteration: 0, fraction: 0))
    let scores = leaveOneOut.scores(of: fit, penalty: chosen, threads: threads)
    let weights = fit.weights(penalty: chosen)
    let model = try fit.axes.model(weights: weights, intercepts: fit.intercepts)
    let head = try model.linked(to: data.targets, by: scores, threads: threads)
    let report = TrainingReport(
      converged: true, iterations: 0,
      objective: leaveOneOut.residualSquares[chosen] / 2 + penalties[chosen] / 2
        * squaredNorm(weights.elements),
      gradientNorm: fit.gradientNorm(penalty: chosen), penalty: penalties[chosen],
      validation: .leaveOneOutSquaredError, penaltyCurve: leaveOneOut.trials)
    progress(TrainingProgress(stage: .fitting, penalty: penalties[chosen], iteration: 0, fraction: 1))
    return TrainedHead(head: head, report: report)
  }
}
