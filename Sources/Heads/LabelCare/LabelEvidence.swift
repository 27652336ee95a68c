public import LinearAlgebra
public import Search

/// What all other rows say of each labelled row; neither the row itself nor another of the same content has a part in it.
///
/// Two witnesses are heard. Ridge regression leaves each content out, exactly, with the penalty and the link of ``RidgeTrainer``; and
/// the fifty nearest rows of other contents vote, as ``NeighbourModel`` has it. Their log odds are added up: a logarithmic opinion
/// pool (Genest and Zidek 1986), which puts more wrong labels first than either does, or their mean. Of numbers it is the mean.
public struct LabelEvidence: Sendable {
  /// The rows and their labels.
  public let data: TrainingData
  /// The probability of each class or tag; for numbers the number [N × answers].
  public let outputs: Matrix<Float>
  /// The nearest rows of other contents of each row, nearest first.
  public let neighbours: [[Neighbour]]

  private static let voters = 50

  /// Hears the witnesses of all rows. O(N²·d).
  ///
  /// - Parameters:
  ///   - data: Rows and their labels.
  ///   - contents: What each row's content is called [N]; rows of one content have the same features.
  ///   - threads: The workers.
  ///   - progress: Told now and then which share is done.
  /// - Throws: ``HeadError``.
  public init(
    of data: TrainingData, contents: [Int], threads: Threads,
    progress: @Sendable (Double) -> Void = { _ in }
  ) throws(HeadError) {
    self.data = data
    let regression = try Self.regression(on: data, contents: contents, threads: threads)
    neighbours = try NeighbourModel.others(
      Self.voters, of: data.features, groups: contents, threads: threads, progress: progress)
    let votes = NeighbourModel.scores(neighbours, among: data.targets, threads: threads)
    let sums = zip(regression.elements, votes.elements).map { $0 + $1 }
    let pool = Matrix(rows: votes.rows, columns: votes.columns, elements: sums)
    switch data.targets {
    case .classes(let labels):
      // The witnesses are not independent: their sum is too sure of itself.
      let sharpness = Sharpness.fitted(to: pool, labels: labels.indices, threads: threads)
      outputs = data.targets.answers.outputs(of: pool, sharpness: sharpness)
    case .tags: outputs = data.targets.answers.outputs(of: pool, sharpness: 1)
    case .numbers: outputs = Matrix(rows: pool.rows, columns: 1, elements: sums.map { $0 / 2 })
    }
  }

  /// What ridge regression says of each row, as logits or as the number.
  private static func regression(
    on data: TrainingData, contents: [Int], threads: Threads
  ) throws(HeadError) -> Matrix<Float> {
    let choice = RidgeChoice(among: RidgeTrainer.defaultPenalties, on: data, threads: threads)
    let groups = Dictionary(grouping: 0..<data.count) { contents[$0] }.values.filter { $0.count > 1 }
    let scores = RidgeSolution(choice.statistics, penalty: choice.penalty)
      .leaveOneOut(data.features, targets: data.targets, groups: groups, threads: threads)
    return data.targets.logits(of: scores, threads: threads)
  }
}
