internal import LinearAlgebra

/// Minimises a softmax objective by L-BFGS in the principal axes of the features.
///
/// What the memory corrects is the inverse of a model of the Hessian: along axis j, class k curves like
/// cₖ·Λⱼ + λ, where cₖ is the mean of p·(1 − p). This is Böhning's bound (1992) with each class's own curvature
/// in place of the ½ that bounds them all: a class with a hundredth of the rows curves a hundredth as much.
struct LogisticSolver: Sendable {
  let objective: SoftmaxObjective
  /// Λ of each axis, then of the intercept: the number of rows.
  let variations: [Double]
  let penalty: Double
  /// The relative gap to the least objective at which to stop.
  let tolerance: Double
  let threads: Threads

  private static let maximumIterations = 1000

  /// Where the solver stopped.
  struct Solution: Sendable {
    /// θ [(axes + 1) × classes].
    var parameters: [Double]
    var value: SoftmaxObjective.Value
    var iterations: Int
    var converged: Bool
  }

  /// Iterates from `start` until the certificate holds, no step helps any more, or 1000 steps are done.
  func minimum(from start: [Double], progress: (Int) -> Void) -> Solution {
    var current = Solution(
      parameters: start, value: objective.value(at: start, penalty: penalty, threads: threads), iterations: 0,
      converged: false)
    var memory = LimitedMemory()
    while !isOptimal(current.value), current.iterations < Self.maximumIterations {
      progress(current.iterations)
      var direction = memory.direction(current.value.gradient) {
        precondition($0, spread: current.value.spread)
      }
      var slope = dot(direction, current.value.gradient)
      if !(slope < 0) {
        // Rounding has spoilt the memory: start anew.
        memory = LimitedMemory()
        direction = precondition(current.value.gradient.map { -$0 }, spread: current.value.spread)
        slope = dot(direction, current.value.gradient)
      }
      guard slope < 0, let (step, found) = step(from: current, along: direction, slope: slope) else { break }
      memory.remember(
        step: direction.map { $0 * step },
        change: zip(found.value.gradient, current.value.gradient).map { $0 - $1 })
      current = found
    }
    current.converged = isOptimal(current.value)
    return current
  }

  private func step(
    from current: Solution, along direction: [Double], slope: Double
  ) -> (step: Double, point: Solution)? {
    SlopeSearch.step(
      objective: current.value.objective, slope: slope, noise: 1e-7 * current.value.objective
    ) { step in
      var next = current
      next.parameters.add(direction, times: step)
      next.value = objective.value(at: next.parameters, penalty: penalty, threads: threads)
      next.iterations += 1
      return (next.value.objective, dot(direction, next.value.gradient), next)
    }
  }

  /// Whether the objective is certainly, or for the intercepts by its curvature, within the tolerance of its minimum.
  ///
  /// The objective is λ-strongly convex in the weights, so that it lies at most ‖∇W‖²/2λ above its least value; the
  /// intercepts, which no penalty holds, add about half of g²/Σp(1 − p) each.
  private func isOptimal(_ value: SoftmaxObjective.Value) -> Bool {
    let allowed = tolerance * value.objective
    let weights = value.gradient.count - objective.classes
    let gap = squaredNorm(Array(value.gradient[..<weights])) / (2 * penalty)
    let intercepts = zip(value.gradient[weights...], spread(value)).reduce(0) {
      $0 + $1.0 * $1.0 / (2 * $1.1)
    }
    return gap <= allowed && intercepts <= allowed
  }

  /// Σ p·(1 − p) of each class, at least what a float resolves of one.
  private func spread(_ value: SoftmaxObjective.Value) -> [Double] {
    let least = Double(objective.coordinates.rows) * Double(Float.ulpOfOne)
    return value.spread.map { max($0, least) }
  }

  /// The model's inverse Hessian times `gradient`, in the space where the classes of an axis sum to zero: scores that all rise
  /// alike change nothing.
  private func precondition(_ gradient: [Double], spread: [Double]) -> [Double] {
    let (rows, classes) = (Double(objective.coordinates.rows), objective.classes)
    let curvatures = spread.map { max($0 / rows, Double(Float.ulpOfOne)) }
    var result = gradient
    for (axis, variation) in variations.enumerated() {
      let start = axis * classes
      let held = axis < variations.count - 1 ? penalty : 0
      var (total, inverses) = (0.0, 0.0)
      for class_ in 0..<classes {
        let inverse = 1 / (curvatures[class_] * variation + held)
        result[start + class_] *= inverse
        total += result[start + class_]
        inverses += inverse
      }
      for class_ in 0..<classes {
        result[start + class_] -= total / (inverses * (curvatures[class_] * variation + held))
      }
    }
    return result
  }
}
