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

  /// Trains a head on all rows of `data`. O(N·d·(d + outputs·penalties)).
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let axes = PrincipalAxes(of: data.features, threads: threads)
    let sweep = RidgeSweep(data.features, axes: axes, penalties, threads: threads)
    let fit = RidgeFit([data.targets], in: sweep, threads: threads)
    var best = LeaveOneOut(of: fit, penalty: penalties.count - 1, threads: threads)
    var trials = [best.tasks[0].trial]
    for penalty in penalties.indices.dropLast().reversed() {
      progress(
        TrainingProgress(
          stage: .choosingPenalty, penalty: penalties[penalty], iteration: trials.count,
          fraction: Double(trials.count) / Double(penalties.count)))
      let next = LeaveOneOut(of: fit, penalty: penalty, threads: threads)
      trials.append(next.tasks[0].trial)
      if next.tasks[0].trial.loss < best.tasks[0].trial.loss { best = next }
    }
    return try fit.head(ofTask: 0, best, curve: trials.reversed(), threads: threads)
  }
}
