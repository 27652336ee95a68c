internal import LinearAlgebra

/// What ridge heads say of each row when that row is left out of their training, exactly, for all penalties in one pass.
struct LeaveOneOut: Sendable {
  /// Each penalty's leave-one-out squared error and accuracy, in the order of the penalties.
  let trials: [PenaltyTrial]
  /// Each penalty's Σ (y − ŷ)² over the rows and outputs, nothing left out.
  let residualSquares: [Double]
  /// 1 − hᵢ of each row and penalty [N × penalties].
  private let remainders: [Double]

  private static let blockRows = 256

  /// What one block of rows adds up to, for each penalty.
  fileprivate struct Block: Sendable {
    var errorSquares: [Double]
    var residualSquares: [Double]
    var correct: [Int]
    var remainders: [Double] = []
  }

  /// One pass over the rows, in blocks. O(N·d·(d + outputs·penalties)).
  init(of fit: RidgeFit, threads: Threads) {
    let rows = fit.data.count
    let all = Self.combined(fit)
    let shrinkage = Matrix(
      rows: fit.axes.count, columns: fit.penalties.count,
      elements: fit.axes.variations.flatMap { variation in fit.penalties.map { 1 / (variation + $0) } })
    let blocks = threads.map((rows + Self.blockRows - 1) / Self.blockRows) { block in
      let range = block * Self.blockRows..<min(rows, (block + 1) * Self.blockRows)
      return Self.block(range, of: fit, weights: all, shrinkage: shrinkage)
    }
    var total = Block(penalties: fit.penalties.count)
    for block in blocks { total.add(block) }
    let values = Double(rows * fit.intercepts.count)
    trials = fit.penalties.enumerated().map { index, penalty in
      PenaltyTrial(
        penalty: penalty, loss: total.errorSquares[index] / values,
        accuracy: fit.data.targets.decisions.map { Double(total.correct[index]) / Double($0) })
    }
    residualSquares = total.residualSquares
    remainders = total.remainders
  }

  /// The penalty with the least leave-one-out squared error, of equals the largest.
  var bestPenalty: Int {
    trials.indices.reversed().min { trials[$0].loss < trials[$1].loss } ?? 0
  }

  /// The leave-one-out scores at one penalty [N × outputs].
  func scores(of fit: RidgeFit, penalty: Int, threads: Threads) -> Matrix<Float> {
    let (rows, outputs, penalties) = (fit.data.count, fit.intercepts.count, fit.penalties.count)
    // Weights of the features themselves save the pass over all axes.
    let weights = fit.weights(penalty: penalty).times(fit.axes.axes, transposingSelf: true)
    let blocks = threads.map((rows + Self.blockRows - 1) / Self.blockRows) { block -> [Float] in
      let range = block * Self.blockRows..<min(rows, (block + 1) * Self.blockRows)
      let scores = fit.data.features.rows(range, minus: fit.axes.means).times(weights, transposingOther: true)
      var targets = [Double](repeating: 0, count: outputs)
      return range.flatMap { row in
        fit.data.targets.write(row: row, into: &targets)
        return zip(zip(targets, scores.row(row - range.lowerBound)), fit.intercepts).map {
          values, intercept in
          let (target, score) = values
          let residual = target - score - intercept
          return Float(target - residual / remainders[row * penalties + penalty])
        }
      }
    }
    return Matrix(rows: rows, columns: outputs, elements: blocks.flatMap { $0 })
  }

  /// The same, where every row of a group is left out together with the row. The rows of a group have the same features; rows that
  /// stand in no group are left out alone.
  ///
  /// Such rows have one leverage h and one fitted score ŷ, so that without all m of them the score is ŷ − h·Σ(y − ŷ)/(1 − m·h).
  func scores(of fit: RidgeFit, penalty: Int, leavingOut groups: [[Int]], threads: Threads) -> Matrix<Float> {
    var scores = scores(of: fit, penalty: penalty, threads: threads)
    let outputs = scores.columns
    var targets = [Double](repeating: 0, count: outputs)
    for group in groups {
      let remainder = remainders[group[0] * fit.penalties.count + penalty]
      let factor = (1 - remainder) / max(1 - Double(group.count) * (1 - remainder), .ulpOfOne)
      var (fitted, residuals) = (targets, [Double](repeating: 0, count: outputs))
      for row in group {
        fit.data.targets.write(row: row, into: &targets)
        for output in 0..<outputs {
          let residual = (targets[output] - Double(scores[row, output])) * remainder
          residuals[output] += residual
          fitted[output] = targets[output] - residual
        }
      }
      for row in group {
        for output in 0..<outputs { scores[row, output] = Float(fitted[output] - factor * residuals[output]) }
      }
    }
    return scores
  }

  /// The weights of all penalties beside each other [axes × penalties·outputs].
  private static func combined(_ fit: RidgeFit) -> Matrix<Double> {
    let each = fit.penalties.indices.map { fit.weights(penalty: $0) }
    let elements = (0..<fit.axes.count).flatMap { axis in each.flatMap { $0.row(axis) } }
    return Matrix(
      rows: fit.axes.count, columns: fit.penalties.count * fit.intercepts.count, elements: elements)
  }

  fileprivate static func block(
    _ range: Range<Int>, of fit: RidgeFit, weights: Matrix<Double>, shrinkage: Matrix<Double>
  ) -> Block {
    let (outputs, penalties) = (fit.intercepts.count, fit.penalties.count)
    let coordinates = fit.axes.coordinates(of: range, in: fit.data.features)
    let squares = Matrix(
      rows: coordinates.rows, columns: coordinates.columns, elements: coordinates.elements.map { $0 * $0 })
    let leverages = squares.times(shrinkage)
    let scores = coordinates.times(weights)
    let mean = 1 / Double(fit.data.count)
    var sums = Block(penalties: penalties)
    var targets = [Double](repeating: 0, count: outputs)
    var left = targets
    for row in 0..<range.count {
      fit.data.targets.write(row: range.lowerBound + row, into: &targets)
      for penalty in 0..<penalties {
        // λ > 0 keeps it above zero; rounding may not.
        let remainder = max(1 - mean - leverages[row, penalty], mean.ulp)
        sums.remainders.append(remainder)
        let start = (row * penalties + penalty) * outputs
        var errorSquares = 0.0
        for output in 0..<outputs {
          let residual = targets[output] - scores.elements[start + output] - fit.intercepts[output]
          left[output] = targets[output] - residual / remainder
          errorSquares += residual * residual
        }
        sums.residualSquares[penalty] += errorSquares
        sums.errorSquares[penalty] += errorSquares / (remainder * remainder)
        sums.correct[penalty] += fit.data.targets.rightDecisions(in: left, for: targets)
      }
    }
    return sums
  }
}

extension LeaveOneOut.Block {
  fileprivate init(penalties: Int) {
    errorSquares = [Double](repeating: 0, count: penalties)
    residualSquares = errorSquares
    correct = [Int](repeating: 0, count: penalties)
  }

  fileprivate mutating func add(_ block: Self) {
    for index in correct.indices {
      errorSquares[index] += block.errorSquares[index]
      residualSquares[index] += block.residualSquares[index]
      correct[index] += block.correct[index]
    }
    remainders += block.remainders
  }
}
