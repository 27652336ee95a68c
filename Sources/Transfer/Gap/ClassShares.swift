public import LinearAlgebra

/// The shares that classes have among unlabelled rows, told from the probabilities that a classifier of other rows gives them: those that
/// make its answers likeliest (Saerens, Latinne and Decaestecker 2002), found by expectation maximisation from the classifier's own.
///
/// It holds where only the shares change, and what the classes look like does not, and asks less of the classifier than ``LabelShift``: no
/// class must be told apart from all others.
public struct ClassShares: Sendable, Hashable {
  /// The shares among the unlabelled rows [classes], with a sum of 1.
  public let shares: [Double]
  /// How many times as often each class is there [classes].
  public let weights: [Double]

  /// From the shares that the classes had where the classifier learnt [classes] and its probabilities for the unlabelled
  /// rows [N × classes]. O(N·classes) a step, of which there are a thousand at the most.
  ///
  /// - Throws: ``TransferError/tooFew(_:least:)`` without rows.
  public init(learnt: [Double], probabilities: Matrix<Float>) throws(TransferError) {
    guard probabilities.rows > 0 else { throw .tooFew(0, least: 1) }
    var (shares, change) = (learnt, 1.0)
    for _ in 0..<1000 where change > 1e-9 {
      let ratios = Self.ratios(shares, learnt)
      var sums = [Double](repeating: 0, count: learnt.count)
      for row in 0..<probabilities.rows {
        let joint = zip(probabilities.row(row), ratios).map { Double($0) * $1 }
        let whole = joint.reduce(0, +)
        guard whole > 0 else { continue }
        for (label, value) in joint.enumerated() { sums[label] += value / whole }
      }
      let all = sums.reduce(0, +)
      guard all > 0 else { break }
      let next = sums.map { $0 / all }
      change = zip(next, shares).reduce(0) { $0 + abs($1.0 - $1.1) }
      shares = next
    }
    (self.shares, weights) = (shares, Self.ratios(shares, learnt))
  }

  /// A class that was never seen stays so.
  private static func ratios(_ shares: [Double], _ learnt: [Double]) -> [Double] {
    zip(shares, learnt).map { $1 > 0 ? $0 / $1 : 0 }
  }
}
