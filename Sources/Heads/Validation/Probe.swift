public import LinearAlgebra
internal import Search

/// How well features tell labels, before any head is kept: what a plain method says of rows that are left out of it.
///
/// A study of 23 scores of transferability found none to beat such probes.
public struct Probe: Sendable {
  /// How well each row is answered [rows]: 1 or 0 for a class, the share of right decisions for tags; for numbers 1 − e²/variance, whose
  /// mean is R².
  public let successes: [Double]
  /// The penalty or the number of neighbours that was chosen.
  public let setting: Double
  /// What the others say of each row [rows × outputs]: of ridge regression on classes and tags towards 1 for those that it has, −1 else.
  public let scores: Matrix<Float>

  /// The mean over the rows: accuracy, or R² of numbers.
  public var mean: Double { successes.reduce(0, +) / Double(successes.count) }

  /// Ridge regression on all rows but one, exactly, for each row, at the best of the default penalties. O(N·d·(d + outputs·penalties)).
  ///
  /// - Parameters:
  ///   - data: The rows.
  ///   - moments: Those of their features, where they are known.
  ///   - threads: The workers.
  public init(ridgeOn data: TrainingData, moments: FeatureMoments? = nil, threads: Threads) {
    let choice = RidgeChoice(
      among: RidgeTrainer.defaultPenalties, on: data,
      moments ?? FeatureMoments(data.features, threads: threads), threads: threads)
    (setting, scores) = (choice.penalty, choice.leaveOneOutScores(threads: threads))
    successes = data.targets.successes(of: scores, at: Array(0..<data.count))
  }

  /// The votes of the nearest other rows, for some of the rows; so many vote as do best. O(rows·N·d).
  ///
  /// - Throws: ``HeadError/tooFewRows(_:)`` without rows.
  public init(neighboursOn data: TrainingData, rows: [Int], threads: Threads) throws(HeadError) {
    guard !rows.isEmpty else { throw .tooFewRows(0) }
    let most = NeighbourTrainer.defaultCounts.max() ?? 1
    let found = try NeighbourModel.neighbours(
      most + 1, of: data.features.rows(at: rows), among: data.features, threads: threads)
    let others = zip(rows, found).map { row, list in list.filter { $0.row != row }.prefix(most) }
    let trials = NeighbourTrainer.defaultCounts.map { count in
      let scores = NeighbourModel.scores(
        others.map { Array($0.prefix(count)) }, among: data.targets, threads: threads)
      return (count: count, scores: scores, successes: data.targets.successes(of: scores, at: rows))
    }
    let sums = trials.map { $0.successes.reduce(0, +) }
    // Of equals the larger number.
    let best = trials[sums.indices.reversed().max { sums[$0] < sums[$1] } ?? 0]
    (setting, scores, successes) = (Double(best.count), best.scores, best.successes)
  }
}

extension Targets {
  /// How well scores [rows × outputs] answer the rows at some places.
  fileprivate func successes(of scores: Matrix<Float>, at rows: [Int]) -> [Double] {
    var truth = [Double](repeating: 0, count: scores.columns)
    if case .numbers(let numbers) = self {
      let mean = rows.reduce(0) { $0 + numbers[$1] } / Double(rows.count)
      let variance = rows.reduce(0) { $0 + (numbers[$1] - mean) * (numbers[$1] - mean) } / Double(rows.count)
      return rows.enumerated().map { place, row in
        let error = numbers[row] - Double(scores[place, 0])
        return variance > 0 ? 1 - error * error / variance : 0
      }
    }
    let decisions = if case .tags = self { Double(scores.columns) } else { 1.0 }
    return rows.enumerated().map { place, row in
      write(row: row, into: &truth)
      let right = rightDecisions(in: scores.row(place).map { Double($0) }.span, for: truth.span)
      return Double(right) / decisions
    }
  }
}
