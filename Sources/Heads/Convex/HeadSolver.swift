internal import LinearAlgebra

/// Minimises a head's objective by L-BFGS on a model of its curvature.
struct HeadSolver<Loss: ConvexLoss>: Sendable {
  let objective: HeadObjective<Loss>
  /// The principal axes of the features; nil where each score has a block of its own.
  let axes: PrincipalAxes?
  let penalty: Double
  /// The relative gap to the least objective at which to stop.
  let tolerance: Double
  let threads: Threads

  private static var maximumIterations: Int { 1000 }
  /// After how many steps the model is made anew: far from the minimum the curvature changes fast. Later ones last until the steps
  /// have tripled.
  private static var firstModelExpires: Int { 6 }

  /// Where the solver stopped.
  struct Solution: Sendable {
    /// θ [(d + 1) × scores].
    var parameters: [Double]
    var value: HeadObjective<Loss>.Value
    var iterations: Int
    var converged: Bool
  }

  /// Iterates from `start` until the certificate holds, no step helps any more, or 1000 steps are done.
  func minimum(from start: [Double], progress: (Int) -> Void) -> Solution {
    var current = Solution(
      parameters: start, value: objective.value(at: start, penalty: penalty, threads: threads), iterations: 0,
      converged: false)
    var memory = LimitedMemory()
    var model: CurvatureModel?
    var modelExpires = 0
    while !isOptimal(current.value), current.iterations < Self.maximumIterations {
      progress(current.iterations)
      if current.iterations >= modelExpires {
        model = self.model(at: current)
        modelExpires = max(Self.firstModelExpires, 3 * current.iterations)
      }
      guard let model else { break }
      var direction = memory.direction(current.value.gradient) { model.solve($0, threads: threads) }
      var slope = dot(direction, current.value.gradient)
      if !(slope < 0) {
        // Rounding has spoilt the memory: start anew.
        memory = LimitedMemory()
        direction = model.solve(current.value.gradient.map { -$0 }, threads: threads)
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

  private func model(at point: Solution) -> CurvatureModel? {
    CurvatureModel(
      of: objective, at: point.parameters, spread: spread(point.value), penalty: penalty, axes: axes,
      threads: threads)
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
  /// intercepts, which no penalty holds, add about half of g²/Σ∂²loss each.
  private func isOptimal(_ value: HeadObjective<Loss>.Value) -> Bool {
    let allowed = tolerance * value.objective
    let weights = value.gradient.count - objective.loss.scores
    let gap = squaredNorm(Array(value.gradient[..<weights])) / (2 * penalty)
    let intercepts = zip(value.gradient[weights...], spread(value)).reduce(0) {
      $0 + $1.0 * $1.0 / (2 * $1.1)
    }
    return gap <= allowed && intercepts <= allowed
  }

  /// Σ ∂²loss/∂score² of each score, at least what a float resolves of one, as often as rows count.
  private func spread(_ value: HeadObjective<Loss>.Value) -> [Double] {
    zip(value.spread, objective.loss.masses).map { max($0, $1 * Double(Float.ulpOfOne)) }
  }
}
