public import LinearAlgebra

/// k nearest neighbours: nothing is fitted, and the rows themselves are the model.
///
/// How many neighbours vote is chosen by what the others say of each row. Those others are found once, for all numbers that are tried.
public struct NeighbourTrainer: HeadTrainer {
  /// The numbers of neighbours tried when none is given.
  public static let defaultCounts = [1, 3, 5, 10, 20, 50]

  /// The numbers of neighbours to choose from; a single one is the one used.
  public let counts: [Int]

  /// A trainer with one number of neighbours, or with the choice among `defaultCounts` of the one whose leave-one-out loss is least (of
  /// equals the larger). Throws unless it is at least 1.
  public init(count: Int? = nil) throws(HeadError) {
    if let count, !(1...1_000_000).contains(count) {
      throw .setting("the number of neighbours", problem: "is \(count); it must lie between 1 and 1,000,000")
    }
    counts = count.map { [$0] } ?? Self.defaultCounts
  }

  /// Trains a head on all rows of `data`. O(N²·d).
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    try data.checkRowsCountOnce(for: .knn)
    let largest = counts.max() ?? 1
    let others = try NeighbourModel.others(largest, of: data.features, threads: threads) { share in
      progress(
        TrainingProgress(
          stage: .choosing, penalty: nil, iteration: Int(share * Double(data.count)), fraction: share))
    }
    let trials = counts.map { count in
      let scores = NeighbourModel.scores(
        others.map { Array($0.prefix(count)) }, among: data.targets, threads: threads)
      return (scores, Self.trial(count, scores: scores, targets: data.targets))
    }
    let best = trials.indices.reversed().min { trials[$0].1.loss < trials[$1].1.loss } ?? 0
    let model = try NeighbourModel(features: data.features, targets: data.targets, count: counts[best])
    let sharpness = Sharpness.fitted(to: trials[best].0, targets: data.targets, threads: threads)
    let head = try Head(answers: data.targets.answers, model: .neighbours(model), sharpness: sharpness)
    return TrainedHead(head: head, report: .neighbours(counts[best], trials: trials.map(\.1)))
  }

  private static func trial(_ count: Int, scores: Matrix<Float>, targets: Targets) -> NeighbourTrial {
    let outputs = targets.answers.outputs(of: scores, sharpness: 1)
    let loss = AnswerLoss(of: targets.answers, on: targets)
    let losses = (0..<scores.rows).reduce(0) { $0 + loss.of(outputs.row($1), row: $1) }
    return NeighbourTrial(
      neighbours: count, loss: losses / Double(scores.rows),
      accuracy: targets.decisions.map { Double(targets.rightDecisions(in: scores)) / Double($0) })
  }
}
