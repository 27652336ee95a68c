internal import Foundation

/// The expected calibration error (Guo et al. 2017): the mean, over 15 bins of equal width, of how far the probabilities in a bin
/// lie from how often they come true.
struct CalibrationError: Sendable {
  private static let bins = 15
  private var probabilities = [Double](repeating: 0, count: bins)
  private var right = [Double](repeating: 0, count: bins)
  private var count = 0.0

  /// Adds an answer that was given with a probability.
  mutating func add(_ probability: Double, isRight: Bool) {
    let bin = min(max(Int((probability * Double(Self.bins)).rounded(.up)) - 1, 0), Self.bins - 1)
    probabilities[bin] += probability
    right[bin] += isRight ? 1 : 0
    count += 1
  }

  /// Adds the answers of another.
  mutating func add(_ other: Self) {
    for bin in 0..<Self.bins {
      probabilities[bin] += other.probabilities[bin]
      right[bin] += other.right[bin]
    }
    count += other.count
  }

  /// The error, from 0 to 1.
  var value: Double {
    zip(probabilities, right).reduce(0) { $0 + abs($1.0 - $1.1) } / count
  }
}

/// −ln p, p at least 2⁻²³ and at most 1 − 2⁻²³: a float's resolution of one, as in scikit-learn, so that no single row makes a mean
/// infinite.
enum LogLoss {
  static func of(_ probability: Double) -> Double {
    let resolution = Double(Float.ulpOfOne)
    return -log(min(max(probability, resolution), 1 - resolution))
  }
}
