/// A line search on a convex function by its slopes (after Hager and Zhang 2005).
///
/// Near a minimum the differences of the objective drown in rounding long before the slopes do. Convexity makes slopes enough: a
/// point where the function still falls lies below all points before it.
struct SlopeSearch: Sendable {
  /// How much steeper than the start a falling slope may still be.
  private static let tolerance = 0.9
  /// A rising slope must be this much flatter, and the function lower.
  private static let overshoot = 0.5
  private static let attempts = 30

  /// The steps between which the slope changes its sign.
  private var low = (step: 0.0, slope: 0.0)
  private var high: (step: Double, slope: Double)?
  private let start: Double

  /// A search along a direction in which the function has the slope `start` < 0.
  private init(start: Double) {
    self.start = start
    low.slope = start
  }

  /// The first of the tried steps, from 1 on, at which the slope has become flat enough, with what `evaluate` found there;
  /// nil when none is found. `noise` is how far rounding may move the objective.
  static func step<Point>(
    objective: Double, slope: Double, noise: Double,
    evaluate: (Double) -> (objective: Double, slope: Double, point: Point)
  ) -> (step: Double, point: Point)? {
    var search = SlopeSearch(start: slope)
    var step = 1.0
    for _ in 0..<attempts {
      let tried = evaluate(step)
      let falls = tried.slope >= tolerance * slope && tried.slope <= 0
      let rises = tried.slope > 0 && tried.slope <= -overshoot * slope && tried.objective <= objective + noise
      if falls || rises { return (step, tried.point) }
      step = search.next(after: step, slope: tried.slope)
    }
    return nil
  }

  /// Narrows the bracket by a step that would not do, and says what to try next.
  private mutating func next(after step: Double, slope: Double) -> Double {
    // NaN: the step was so long that the function overflowed.
    guard slope <= 0 else {
      high = (step, slope)
      return between(low, (step, slope))
    }
    low = (step, slope)
    if let high { return between(low, high) }
    let secant = step * start / (start - slope)
    return secant.isFinite ? min(max(secant, 2 * step), 10 * step) : 10 * step
  }

  /// Where the secant through both slopes is zero, kept away from the ends.
  private func between(_ low: (step: Double, slope: Double), _ high: (step: Double, slope: Double)) -> Double
  {
    let width = high.step - low.step
    let share = high.slope.isFinite ? low.slope / (low.slope - high.slope) : 0.1
    return low.step + width * min(max(share, 0.1), 0.9)
  }
}
