public import LinearAlgebra

/// Whether numbers answered of new rows are spread as those of a reference are: the greatest distance of their distribution functions
/// (Kolmogorov and Smirnov), with the p-value of a permutation test, which holds for equal numbers too.
public struct NumberShift: Sendable, Hashable {
  /// The greatest distance, from 0 to 1.
  public let distance: Double
  /// (1 + how many permutations are at least as far)/(1 + how many there were).
  public let pValue: Double

  /// Compares the numbers of both sides. O(permutations · rows).
  ///
  /// - Throws: ``TransferError/tooFew(_:least:)`` when a side has no rows.
  public init(
    reference: [Double], new: [Double], permutations: Int = 1000, seed: UInt64, threads: Threads
  ) throws(TransferError) {
    guard !reference.isEmpty, !new.isEmpty else { throw .tooFew(0, least: 1) }
    let numbers = reference + new
    let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    let endsTie = order.indices.map { $0 + 1 == order.count || numbers[order[$0]] < numbers[order[$0 + 1]] }
    let (first, second) = (Double(reference.count), Double(new.count))
    let test = PermutationTest(
      first: reference.count, second: new.count, permutations: permutations, seed: seed, threads: threads
    ) { isFirst in
      var (own, others, greatest) = (0.0, 0.0, 0.0)
      for (place, row) in order.enumerated() {
        if isFirst[row] { own += 1 } else { others += 1 }
        if endsTie[place] { greatest = max(greatest, abs(own / first - others / second)) }
      }
      return greatest
    }
    (distance, pValue) = (test.statistic, test.pValue)
  }
}
