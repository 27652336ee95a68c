/// The last steps of a quasi-Newton method, and what they say of the curvature: L-BFGS (Nocedal 1980).
struct LimitedMemory: Sendable {
  private struct Pair: Sendable {
    let step: [Double]
    let change: [Double]
    let product: Double
  }

  private static let capacity = 20
  private var pairs: [Pair] = []

  /// Remembers a step and the change of the gradient along it, unless rounding hides the curvature.
  mutating func remember(step: [Double], change: [Double]) {
    let product = dot(step, change)
    guard product > 1e-12 * (squaredNorm(step) * squaredNorm(change)).squareRoot() else { return }
    if pairs.count == Self.capacity { pairs.removeFirst() }
    pairs.append(Pair(step: step, change: change, product: product))
  }

  /// The direction of descent −H·gradient, by the two loops over the pairs (Nocedal and Wright 2006, algorithm 7.4).
  ///
  /// `precondition` is the inverse Hessian that the pairs correct.
  func direction(_ gradient: [Double], precondition: ([Double]) -> [Double]) -> [Double] {
    var direction = gradient.map { -$0 }
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = dot(pair.step, direction) / pair.product
      direction.add(pair.change, times: -factor)
      factors.append(factor)
    }
    direction = precondition(direction)
    for (pair, factor) in zip(pairs, factors.reversed()) {
      direction.add(pair.step, times: factor - dot(pair.change, direction) / pair.product)
    }
    return direction
  }
}
