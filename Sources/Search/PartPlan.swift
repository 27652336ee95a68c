internal import Foundation

/// How the principal axes of vectors are grouped into parts of sixteen centroids each, so that the least is lost.
///
/// Bits go where the variance is, as in reverse water-filling (Cover and Thomas, Elements of Information Theory, 10.3): the widest axes have a
/// part of their own, the next ones share one, and the last have none.
struct PartPlan {
  /// How many axes each part has, of which the first have the most variance; what is behind the last part is left out.
  let widths: [Int]

  /// What sixteen centroids leave of the variance of 1, 2, … axes of equal variance: for one axis by the best quantiser of normal values
  /// (Max 1960), for more by Lloyd's rounds on normal draws.
  private static let rests = [0.0095, 0.108, 0.235, 0.34, 0.43, 0.50]

  /// The best plan for axes of these variances, descending; none of its parts is empty unless there are more parts than axes.
  /// O(parts · axes).
  init(parts: Int, variances: [Double]) {
    let axes = variances.count
    guard parts < axes else {
      widths = Array(repeating: 1, count: axes) + Array(repeating: 0, count: parts - axes)
      return
    }
    // The least rest of so many axes in so many parts, and the last part's width there.
    var least = [0] + [Double](repeating: .infinity, count: axes)
    var last: [[UInt8]] = []
    let logarithms = variances.map { log(max($0, .leastNormalMagnitude)) }
    let costs = (1...axes).map { end in
      (1...min(end, Self.rests.count)).map { width in
        let mean = logarithms[end - width..<end].reduce(0, +) / Double(width)
        return min(
          Self.rests[width - 1] * Double(width) * exp(mean), variances[end - width..<end].reduce(0, +))
      }
    }
    for _ in 0..<parts {
      var next = [Double](repeating: .infinity, count: axes + 1)
      var chosen = [UInt8](repeating: 0, count: axes + 1)
      for end in 1...axes {
        for (index, cost) in costs[end - 1].enumerated() where least[end - index - 1] + cost < next[end] {
          next[end] = least[end - index - 1] + cost
          chosen[end] = UInt8(index + 1)
        }
      }
      least = next
      last.append(chosen)
    }
    var (end, best, rest) = (axes, Double.infinity, 0.0)
    for candidate in (0...axes).reversed() {
      if least[candidate] + rest < best { (end, best) = (candidate, least[candidate] + rest) }
      if candidate > 0 { rest += variances[candidate - 1] }
    }
    var widths: [Int] = []
    for chosen in last.reversed() {
      widths.append(Int(chosen[end]))
      end -= Int(chosen[end])
    }
    self.widths = widths.reversed()
  }
}
