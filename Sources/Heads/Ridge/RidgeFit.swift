internal import LinearAlgebra

/// The closed form of ridge regression in the principal axes, for several tasks side by side and all penalties of a sweep.
struct RidgeFit: Sendable {
  let sweep: RidgeSweep
  let targets: TargetColumns
  /// The mean target of each output [outputs]: the intercepts of centred features.
  let intercepts: [Double]
  /// What the targets have in common with each axis, Zᵀ·Y [axes × outputs].
  let correlations: Matrix<Double>

  /// From what is known of one task's rows. O(d²·outputs).
  init(_ task: Targets, _ statistics: RidgeStatistics, in sweep: RidgeSweep) {
    (self.sweep, targets, intercepts) = (sweep, TargetColumns([task]), statistics.intercepts)
    correlations = sweep.axes.axes.times(statistics.products, transposingOther: true)
  }

  private init(
    _ sweep: RidgeSweep, _ targets: TargetColumns, _ intercepts: [Double], _ correlations: Matrix<Double>
  ) {
    (self.sweep, self.targets, self.intercepts, self.correlations) = (
      sweep, targets, intercepts, correlations
    )
  }

  /// The same, of which all rows' scores are kept.
  var keepingAllScores: RidgeFit { RidgeFit(sweep, targets.keepingAllRows, intercepts, correlations) }

  /// From one pass over the rows. O(N·d·outputs).
  init(_ tasks: [Targets], in sweep: RidgeSweep, threads: Threads) {
    let (features, axes, targets) = (sweep.features, sweep.axes, TargetColumns(tasks))
    (self.sweep, self.targets, intercepts) = (sweep, targets, targets.means)
    let partials = threads.fold(
      blocks: RidgeSweep.blocks(features.rows),
      into: { Matrix<Double>(rows: features.columns, columns: targets.count) }
    ) { sum, block in
      let range = RidgeSweep.rows(block, of: features.rows)
      PackedDoubles(targets.rows(range)).addProduct(
        transposing: features.rows(range, minus: axes.means), to: &sum)
    }
    var sums = [Double](repeating: 0, count: features.columns * targets.count)
    for partial in partials { sums.add(partial.elements, times: 1) }
    correlations = axes.axes.times(Matrix(rows: features.columns, columns: targets.count, elements: sums))
  }

  /// The weights along the axes at some of the penalties, side by side [axes × (penalties × outputs)]: (Λ + λ)⁻¹·Zᵀ·Y.
  func weights(penalties: Range<Int>) -> Matrix<Double> {
    let elements = sweep.axes.variations.enumerated().flatMap { axis, variation in
      sweep.penalties[penalties].flatMap { penalty in
        correlations.row(axis).map { $0 / (variation + penalty) }
      }
    }
    return Matrix(
      rows: correlations.rows, columns: penalties.count * correlations.columns, elements: elements)
  }

  /// The head of one task at the penalty of `leaveOneOut`, linked by what that says of some rows.
  func head(ofTask task: Int, _ leaveOneOut: LeaveOneOut, threads: Threads) throws(HeadError) -> TrainedHead {
    let (columns, told) = (targets.columns[task], leaveOneOut.tasks[task])
    let (weights, penalty) = (leaveOneOut.weights.columns(columns), told.trial.penalty)
    let model = try sweep.axes.model(weights: weights, intercepts: Array(intercepts[columns]))
    let sample = targets.tasks[task].rows(keepingNamesAt: targets.linkRows[task])
    let head = try model.linked(to: sample, by: told.scores, threads: threads)
    let report = TrainingReport(
      converged: true, iterations: 0,
      objective: told.residualSquares / 2 + penalty / 2 * squaredNorm(weights.elements),
      gradientNorm: gradientNorm(weights, correlations.columns(columns), penalty: penalty), penalty: penalty,
      validation: .leaveOneOutSquaredError, penaltyCurve: [told.trial])
    return TrainedHead(head: head, report: report)
  }

  /// The norm of the objective's gradient, (Λ + λ)·W − Zᵀ·Y: what rounding left of it.
  private func gradientNorm(
    _ weights: Matrix<Double>, _ correlations: Matrix<Double>, penalty: Double
  ) -> Double {
    let gradient = weights.elements.indices.map { index in
      (sweep.axes.variations[index / weights.columns] + penalty) * weights.elements[index]
        - correlations.elements[index]
    }
    return squaredNorm(gradient).squareRoot()
  }
}

extension Matrix<Double> {
  /// Some of the columns.
  func columns(_ columns: Range<Int>) -> Matrix<Double> {
    let elements = (0..<rows).flatMap { row in
      self.elements[row * self.columns + columns.lowerBound..<row * self.columns + columns.upperBound]
    }
    return Matrix(rows: rows, columns: columns.count, elements: elements)
  }
}
