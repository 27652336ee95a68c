public import LinearAlgebra

/// A ridge head at the best of the default penalties, and what it answers each of its rows when that one is left out of its training.
public struct LeftOutAnswers: Sendable {
  /// The penalty that was chosen.
  public let penalty: Double
  /// The weights of the head that nothing is left out of, one row an output [outputs × d].
  public let weights: Matrix<Double>
  /// That head, by the link that fits what was left out.
  public let head: Head
  /// The probability of each class or tag, by the same link; for a number, the number itself [N × outputs].
  public let outputs: Matrix<Float>

  /// Of all rows of `data`. O(N·d·(d + outputs·penalties)).
  public init(ridgeOn data: TrainingData, threads: Threads) throws(HeadError) {
    let choice = RidgeChoice(among: RidgeTrainer.defaultPenalties, on: data, threads: threads)
    let solution = RidgeSolution(choice.statistics, penalty: choice.penalty)
    let scores = choice.leaveOneOutScores(threads: threads)
    (penalty, weights) = (choice.penalty, solution.weights)
    let link = ScoreLink(fitting: scores, of: data.targets, threads: threads)
    head = try link.head(of: solution.model(), answering: data.targets.answers)
    outputs = data.targets.answers.outputs(of: link.logits(of: scores), sharpness: 1)
  }
}
