internal import Foundation

/// McNemar's exact test (1947): whether two heads that answered the same rows are right equally often.
///
/// Only rows on which one is right and the other is not tell; if the heads are equally good, each is as likely to be the one's as the
/// other's.
public enum McNemar {
  /// The probability that of `onlyFirst + onlySecond` fair coins the split is at least as uneven: the two-sided binomial test. 1 where
  /// no row tells. O(rows that tell).
  public static func pValue(onlyFirst: Int, onlySecond: Int) -> Double {
    let (count, fewer) = (onlyFirst + onlySecond, min(onlyFirst, onlySecond))
    guard onlyFirst != onlySecond else { return 1 }
    // log C(n, k)/2ⁿ, from one k to the next.
    var logarithm = -Double(count) * log(2)
    var total = exp(logarithm)
    for chosen in 0..<fewer {
      logarithm += log(Double(count - chosen)) - log(Double(chosen + 1))
      total += exp(logarithm)
    }
    return min(1, 2 * total)
  }
}
