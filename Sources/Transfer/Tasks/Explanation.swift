public import LinearAlgebra

/// How much of a task's labels B the answers A of another task tell on the same rows.
///
/// The answers of a head are its probabilities: the measure is the log expected empirical prediction. Where each row has one sure answer,
/// as labels are, that is the negative conditional entropy −H(B|A). Of tags it is the sum over them, each told by yes or no.
public struct Explanation: Sendable, Hashable {
  /// The log expected empirical prediction of B's labels, in nats: see ``LabelAgreement``.
  public let logPrediction: Double
  /// The entropy H(B) of the labels, in nats.
  public let entropy: Double
  /// The share of it that the answers explain, 1 − H(B|A)/H(B), from 0 to 1; nil where all rows have the same labels.
  public let share: Double?
  /// What the share is when the rows of A are shuffled. The more classes and the fewer rows there are, the more is explained by chance.
  public let chance: Double?

  /// Of labels, by the answers of a source, a distribution a row [N × answers]. O(N·answers), times the tags.
  public init(of labels: TaskLabels, by answers: Matrix<Float>, seed: UInt64 = 0, threads: Threads) {
    precondition(labels.count == answers.rows, "labels and answers are of the same rows")
    let entropy = labels.entropy
    logPrediction = labels.logPrediction(by: answers, threads: threads)
    self.entropy = entropy
    guard entropy > 0 else {
      (share, chance) = (nil, nil)
      return
    }
    var random = SplitMix64(state: seed)
    let shuffled = labels.rows(at: (0..<labels.count).shuffled(using: &random))
    share = 1 + logPrediction / entropy
    chance = 1 + shuffled.logPrediction(by: answers, threads: threads) / entropy
  }
}

extension TaskLabels {
  fileprivate func logPrediction(by answers: Matrix<Float>, threads: Threads) -> Double {
    switch self {
    case .classes(let labels, let count):
      LabelAgreement.logExpectedPrediction(answers, labels: labels, classes: count)
    case .tags(let labels, let count):
      LabelAgreement.logExpectedPrediction(answers, tags: labels, count: count, threads: threads)
    }
  }
}
