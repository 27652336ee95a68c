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

  /// One pass over the rows, in blocks. O(N·d·outputs).
  init(of fit: RidgeFit, penalty: Int, threads: Threads) {
    let (rows, sweep) = (fit.sweep.features.rows, fit.sweep)
    let weights = fit.weights(penalty: penalty)
    // Weights of the features themselves save the way over the axes.
    let original = weights.times(sweep.axes.axes, transposingSelf: true)
    let blocks = threads.map(RidgeSweep.blocks(rows)) { block in
      Self.block(RidgeSweep.rows(block, of: rows), of: fit, weights: original, penalty: penalty)
    }
    self.weights = weights
    tasks = threads.map(fit.targets.tasks.count) { task in
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

  private static func block(
    _ range: Range<Int>, of fit: RidgeFit, weights: Matrix<Double>, penalty: Int
  ) -> Block {
    let (sweep, outputs) = (fit.sweep, fit.targets.count)
    let targets = fit.targets.rows(range)
    var left = sweep.features.rows(range, minus: sweep.axes.means).times(weights, transposingOther: true)
      .elements
    var sums = Block(tasks: fit.targets.tasks.count)
    for row in 0..<range.count {
      let remainder = sweep.remainders[range.lowerBound + row, penalty]
      for (task, columns) in fit.targets.columns.enumerated() {
        let places = row * outputs + columns.lowerBound..<row * outputs + columns.upperBound
        var squares = 0.0
        for (place, column) in zip(places, columns) {
          let residual = targets.elements[place] - left[place] - fit.intercepts[column]
          left[place] = targets.elements[place] - residual / remainder
          squares += residual * residual
        }
        sums.residualSquares[task] += squares
        sums.errorSquares[task] += squares / (remainder * remainder)
        sums.correct[task] += fit.targets.tasks[task].rightDecisions(
          in: left[places], for: targets.elements[places])
      }
    }
    for (task, columns) in fit.targets.columns.enumerated() {
      for row in fit.targets.linkRows[task].part(in: range) {
        let start = (row - range.lowerBound) * outputs
        sums.scores[task] += left[start + columns.lowerBound..<start + columns.upperBound].map { Float($0) }
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
