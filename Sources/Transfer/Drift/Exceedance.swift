internal import Foundation

/// How many new values lie beyond a threshold that was learnt from the values of a reference, and whether chance would put as many there.
///
/// Where all are drawn alike, any order of the m + n values is as likely as any other, so the number of new ones beyond the s-th greatest of
/// the reference follows the negative hypergeometric distribution (Gumbel and von Schelling 1950). That is exact though the threshold is
/// the reference's own: no part of it need be kept apart.
public struct Exceedance: Sendable, Hashable {
  /// The share of the reference beyond the threshold.
  public let referenceShare: Double
  /// The share of the new values beyond it.
  public let share: Double
  /// The probability of at least as many where nothing differs.
  public let pValue: Double

  /// Compares values with a threshold, which is one of the reference's. O(m + n).
  ///
  /// - Throws: ``TransferError/tooFew(_:least:)`` when a side has no values.
  public init(reference: [Double], new: [Double], threshold: Double) throws(TransferError) {
    guard !reference.isEmpty, !new.isEmpty else { throw .tooFew(0, least: 1) }
    let beyond = new.count { $0 > threshold }
    referenceShare = Double(reference.count { $0 > threshold }) / Double(reference.count)
    share = Double(beyond) / Double(new.count)
    pValue = Self.upperTail(
      beyond, of: new.count, before: reference.count { $0 >= threshold }, of: reference.count)
  }

  /// P(X ≥ k), where X of `new` values come before the `place`-th of `reference` others, all in random order:
  ///
  ///     P(0) = Π_{i<s} (m − i)/(m + n − i),  P(k + 1)/P(k) = (k + s)(n − k)/((k + 1)(m + n − s − k)).
  static func upperTail(_ least: Int, of new: Int, before place: Int, of reference: Int) -> Double {
    var logarithm = (0..<place).reduce(0.0) {
      $0 + log(Double(reference - $1)) - log(Double(reference + new - $1))
    }
    var tail = 0.0
    for count in 0...new {
      if count >= least { tail += exp(logarithm) }
      guard count < new else { break }
      logarithm +=
        log(Double(count + place)) + log(Double(new - count)) - log(Double(count + 1))
        - log(Double(reference + new - place - count))
    }
    return min(1, tail)
  }
}
