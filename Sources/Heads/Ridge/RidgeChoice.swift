internal import LinearAlgebra

/// A ridge penalty chosen by exact leave-one-out errors, with what it was chosen by.
struct RidgeChoice: Sendable {
  /// All that is known of the rows.
  let statistics: RidgeStatistics
  /// How each penalty did.
  let trials: [PenaltyTrial]
  private let fit: RidgeFit
  private let best: Int

  /// The choice among ascending penalties: the one of the least leave-one-out squared error, of equals the largest.
  /// O(N·d·(d + outputs·penalties)).
  init(among penalties: [Double], on data: TrainingData, threads: Threads) {
    self.init(
      among: penalties, on: data, FeatureMoments(data.features, threads: threads), threads: threads)
  }

  /// The same, where the moments of the features are known.
  init(among penalties: [Double], on data: TrainingData, _ moments: FeatureMoments, threads: Threads) {
    let (statistics, axes) = threads.both {
      RidgeStatistics(data, moments, threads: threads)
    } and: {
      PrincipalAxes(moments)
    }
    let sweep = RidgeSweep(data.features, axes: axes, penalties, threads: threads)
    let fit = RidgeFit(data.targets, statistics, in: sweep)
    let trials = LeaveOneOut.ofAllPenalties(of: fit, threads: threads).map { $0.tasks[0].trial }
    (self.statistics, self.trials, self.fit) = (statistics, trials, fit)
    best = trials.indices.reversed().min { trials[$0].loss < trials[$1].loss } ?? 0
  }

  /// The penalty chosen.
  var penalty: Double { fit.sweep.penalties[best] }

  /// How it did.
  var trial: PenaltyTrial { trials[best] }

  /// What the head at the penalty chosen says of each row that is left out of its training [N × outputs]. O(N·d·outputs).
  func leaveOneOutScores(threads: Threads) -> Matrix<Float> {
    LeaveOneOut.ofPenalties(best..<best + 1, of: fit.keepingAllScores, threads: threads)[0].tasks[0].scores
  }
}
