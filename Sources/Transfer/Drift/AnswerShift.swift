public import LinearAlgebra

/// Whether classes or tags are answered as often of new rows as of those of a reference: Pearson's Σ (O − E)²/E over the answers of both
/// sides, with the p-value of a permutation test, which holds for rare answers too.
///
/// Rows change sides with all their tags, so that tags which go together are not counted as many signs.
public struct AnswerShift: Sendable, Hashable {
  /// χ².
  public let statistic: Double
  /// (1 + how many permutations are at least as far)/(1 + how many there were).
  public let pValue: Double
  /// The share of the reference's rows that each answer is given of [answers].
  public let referenceShares: [Double]
  /// The same of the new rows [answers].
  public let shares: [Double]

  /// Compares what is answered of the rows of both sides: the places of any number of answers a row, none of them twice.
  /// O(permutations · (rows + given answers)).
  ///
  /// - Throws: ``TransferError/tooFew(_:least:)`` when a side has no rows.
  public init(
    reference: [[Int32]], new: [[Int32]], answers: Int, permutations: Int = 1000, seed: UInt64,
    threads: Threads
  ) throws(TransferError) {
    guard !reference.isEmpty, !new.isEmpty else { throw .tooFew(0, least: 1) }
    let given = (reference + new).enumerated().flatMap { row, answers in
      answers.map { (row: Int32(row), answer: $0) }
    }
    let (first, second) = (Double(reference.count), Double(new.count))
    let totals = given.reduce(into: [Double](repeating: 0, count: answers)) { $0[Int($1.answer)] += 1 }
    let test = PermutationTest(
      first: reference.count, second: new.count, permutations: permutations, seed: seed, threads: threads
    ) { isFirst in
      var counts = [Double](repeating: 0, count: answers)
      for (row, answer) in given where isFirst[Int(row)] { counts[Int(answer)] += 1 }
      // With E = t·m/N and t·n/N, 1/E + 1/E′ = N²/(t·m·n).
      return zip(counts, totals).reduce(0) { sum, pair in
        let miss = pair.0 - pair.1 * first / (first + second)
        return pair.1 > 0 ? sum + miss * miss / pair.1 : sum
      } * (first + second) * (first + second) / (first * second)
    }
    (statistic, pValue) = (test.statistic, test.pValue)
    let own = reference.reduce(into: [Double](repeating: 0, count: answers)) { counts, row in
      for answer in row { counts[Int(answer)] += 1 }
    }
    referenceShares = own.map { $0 / first }
    shares = zip(totals, own).map { ($0 - $1) / second }
  }
}
