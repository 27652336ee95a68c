public import LinearAlgebra

/// A ridge head at the best of the default penalties, and what it answers each of its rows when that one is left out of its training.
public struct LeftOutAnswers: Sendable {
  /// The penalty that was chosen.
  public let penalty: Double
  /// The weights of the head that nothing is left out of, one row an output [outputs × d].
  public let weights: Matrix<Double>
  /// The probability of each class or tag, by the link that fits what was left out; for a number, the number itself [N × outputs].
  public let outputs: Matrix<Float>

  /// Of all rows of `data`. O(N·d·(d + outputs·penalties)).
  public init(ridgeOn data: TrainingData, threads: Threads) {
    let choice = RidgeChoice(among: RidgeTrainer.defaultPenalties, on: data, threads: threads)
    penalty = choice.penalty
    weights = RidgeSolution(choice.statistics, penalty: choice.penalty).weights
    let logits = data.targets.logits(of: choice.leaveOneOutScores(threads: threads), threads: threads)
    outputs = data.targets.answers.outputs(of: logits, sharpness: 1)
  }
}
