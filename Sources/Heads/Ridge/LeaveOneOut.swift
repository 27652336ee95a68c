internal import LinearAlgebra

/// What ridge heads at one penalty say of each row when that row is left out of their training, exactly.
struct LeaveOneOut: Sendable {
  /// What the heads of one task say.
  struct Task: Sendable {
    /// The leave-one-out squared error and accuracy.
    let trial: PenaltyTrial
    /// Σ (y − ŷ)² over the rows and outputs, nothing left out.
    let residualSquares: Double
    /// The leave-one-out scores of the rows that the link is fitted to [rows × outputs].
    let scores: Matrix<Float>
  }

  /// What is said for each task.
  let tasks: [Task]
  /// The weights along the axes of the heads that nothing is left out of [axes × outputs].
  let weights: Matrix<Double>

  /// What one block of rows adds up to, for each task.
  private struct Block: Sendable {
    var errorSquares: [Double]
    var residualSquares: [Double]
    var correct: [Int]
    var scores: [[Float]]

    init(tasks: Int) {
      errorSquares = [Double](repeating: 0, count: tasks)
      residualSquares = errorSquares
      correct = [Int](repeating: 0, count: tasks)
      scores = [[Float]](repeating: [], count: tasks)
    }
  }

  /// What the heads at each penalty say, by one pass over the rows for as many penalties as have room. O(N·d·outputs·penalties).
  static func ofAllPenalties(of fit: RidgeFit, threads: Threads) -> [LeaveOneOut] {
    let (count, together) = (
      fit.sweep.penalties.count, max(1, RidgeSweep.blockOutputs / max(1, fit.targets.count))
    )
    return stride(from: 0, to: count, by: together).flatMap {
      ofPenalties($0..<min(count, $0 + together), of: fit, threads: threads)
    }
  }

  /// The same for some of the penalties together.
  static func ofPenalties(
    _ penalties: Range<Int>, of fit: RidgeFit, threads: Threads
  ) -> [LeaveOneOut] {
    let (rows, sweep) = (fit.sweep.features.rows, fit.sweep)
    let weights = fit.weights(penalties: penalties)
    // Weights of the features themselves save the way over the axes.
    let packed = PackedDoubles(sweep.axes.axes.times(weights, transposingSelf: true))
    let blocks = threads.map(RidgeSweep.blocks(rows)) { block in
      let range = RidgeSweep.rows(block, of: rows)
      let scores = packed.product(sweep.features.rows(range, minus: sweep.axes.means))
      return Self.blocks(
        range, of: fit, penalties: penalties, left: scores.elements, targets: fit.targets.rows(range))
    }
    return penalties.enumerated().map { place, penalty in
      LeaveOneOut(
        fit, weights: weights.columns(place * fit.targets.count..<(place + 1) * fit.targets.count),
        blocks: blocks.map { $0[place] }, penalty: penalty)
    }
  }

  private init(_ fit: RidgeFit, weights: Matrix<Double>, blocks: [Block], penalty: Int) {
    let (rows, sweep) = (fit.sweep.features.rows, fit.sweep)
    self.weights = weights
    tasks = fit.targets.tasks.indices.map { task in
      let (targets, outputs) = (fit.targets.tasks[task], fit.targets.columns[task].count)
      var (errorSquares, residualSquares, correct) = (0.0, 0.0, 0)
      var scores: [Float] = []
      for block in blocks {
        errorSquares += block.errorSquares[task]
        residualSquares += block.residualSquares[task]
        correct += block.correct[task]
        scores += block.scores[task]
      }
      return Task(
        trial: PenaltyTrial(
          penalty: sweep.penalties[penalty], loss: errorSquares / Double(rows * outputs),
          accuracy: targets.decisions.map { Double(correct) / Double($0) }),
        residualSquares: residualSquares,
        scores: Matrix(rows: fit.targets.linkRows[task].count, columns: outputs, elements: scores))
    }
  }

  /// Takes each row of a block out of its scores `left` [rows × (penalties × outputs)], and adds up what is then missed, for each
  /// penalty.
  private static func blocks(
    _ range: Range<Int>, of fit: RidgeFit, penalties: Range<Int>, left: consuming [Double],
    targets: Matrix<Double>
  ) -> [Block] {
    let (outputs, count) = (fit.targets.count, penalties.count)
    var sums = [Block](repeating: Block(tasks: fit.targets.tasks.count), count: count)
    var span = left.mutableSpan
    let (truth, intercepts) = (targets.elements.span, fit.intercepts.span)
    for row in 0..<range.count {
      for (place, penalty) in penalties.enumerated() {
        let factor = 1 / fit.sweep.remainders[range.lowerBound + row, penalty]
        let start = (row * count + place) * outputs
        for (task, columns) in fit.targets.columns.enumerated() {
          var squares = 0.0
          for column in columns {
            let target = truth[row * outputs + column]
            let residual = target - span[start + column] - intercepts[column]
            span[start + column] = target - residual * factor
            squares += residual * residual
          }
          sums[place].residualSquares[task] += squares
          sums[place].errorSquares[task] += squares * factor * factor
          sums[place].correct[task] += fit.targets.tasks[task].rightDecisions(
            in: span.span.extracting(start + columns.lowerBound..<start + columns.upperBound),
            for: truth.extracting(row * outputs + columns.lowerBound..<row * outputs + columns.upperBound))
        }
      }
    }
    for (task, columns) in fit.targets.columns.enumerated() {
      for row in fit.targets.linkRows[task].part(in: range) {
        for place in 0..<count {
          let start = ((row - range.lowerBound) * count + place) * outputs
          sums[place].scores[task] += left[start + columns.lowerBound..<start + columns.upperBound]
            .map { Float($0) }
        }
      }
    }
    return sums
  }
}

extension [Int] {
  /// Those of ascending numbers that lie in a range.
  fileprivate func part(in range: Range<Int>) -> ArraySlice<Int> {
    let start = partition(below: range.lowerBound)
    return self[start..<Swift.max(start, partition(below: range.upperBound))]
  }

  /// How many lie below a bound. O(log count).
  private func partition(below bound: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
