internal import LinearAlgebra

/// What ridge heads say of each row when that row is left out of their training, exactly, for all penalties in one pass.
struct LeaveOneOut: Sendable {
  /// Each penalty's leave-one-out squared error and accuracy, in the order of the penalties.
  let trials: [PenaltyTrial]
  /// Each penalty's Σ (y − ŷ)² over the rows and classes, nothing left out.
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

  /// One pass over the rows, in blocks. O(N·d·(d + classes·penalties)).
  init(of fit: RidgeFit, threads: Threads) {
    let rows = fit.data.labels.count
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
        accuracy: Double(total.correct[index]) / Double(rows))
    }
    residualSquares = total.residualSquares
    remainders = total.remainders
  }

  /// The penalty with the least leave-one-out squared error, of equals the largest.
  var bestPenalty: Int {
    trials.indices.reversed().min { trials[$0].loss < trials[$1].loss } ?? 0
  }

  /// The leave-one-out scores at one penalty [N × classes].
  func scores(of fit: RidgeFit, penalty: Int, threads: Threads) -> Matrix<Float> {
    let (rows, classes, penalties) = (fit.data.labels.count, fit.intercepts.count, fit.penalties.count)
    // Weights of the features themselves save the pass over all axes.
    let weights = fit.weights(penalty: penalty).times(fit.axes.axes, transposingSelf: true)
    let blocks = threads.map((rows + Self.blockRows - 1) / Self.blockRows) { block -> [Float] in
      let range = block * Self.blockRows..<min(rows, (block + 1) * Self.blockRows)
      let scores = fit.data.features.rows(range, minus: fit.axes.means).times(weights, transposingOther: true)
      return scores.elements.enumerated().map { index, score in
        let (row, class_) = (range.lowerBound + index / classes, index % classes)
        let target = Int(fit.data.labels.indices[row]) == class_ ? 1.0 : -1
        let residual = target - score - fit.intercepts[class_]
        return Float(target - residual / remainders[row * penalties + penalty])
      }
    }
    return Matrix(rows: rows, columns: classes, elements: blocks.flatMap { $0 })
  }

  /// The weights of all penalties beside each other [axes × penalties·classes].
  private static func combined(_ fit: RidgeFit) -> Matrix<Double> {
    let each = fit.penalties.indices.map { fit.weights(penalty: $0) }
    let elements = (0..<fit.axes.count).flatMap { axis in each.flatMap { $0.row(axis) } }
    return Matrix(
      rows: fit.axes.count, columns: fit.penalties.count * fit.intercepts.count, elements: elements)
  }

  fileprivate static func block(
    _ range: Range<Int>, of fit: RidgeFit, weights: Matrix<Double>, shrinkage: Matrix<Double>
  ) -> Block {
    let (classes, penalties) = (fit.intercepts.count, fit.penalties.count)
    let coordinates = fit.axes.coordinates(of: range, in: fit.data.features)
    let squares = Matrix(
      rows: coordinates.rows, columns: coordinates.columns, elements: coordinates.elements.map { $0 * $0 })
    let leverages = squares.times(shrinkage)
    let scores = coordinates.times(weights)
    let mean = 1 / Double(fit.data.labels.count)
    var sums = Block(penalties: penalties)
    for row in 0..<range.count {
      let label = Int(fit.data.labels.indices[range.lowerBound + row])
      for penalty in 0..<penalties {
        // λ > 0 keeps it above zero; rounding may not.
        let remainder = max(1 - mean - leverages[row, penalty], mean.ulp)
        sums.remainders.append(remainder)
        let start = (row * penalties + penalty) * classes
        var (errorSquares, best, bestScore) = (0.0, 0, -Double.infinity)
        for class_ in 0..<classes {
          let target = class_ == label ? 1.0 : -1
          let residual = target - scores.elements[start + class_] - fit.intercepts[class_]
          let left = target - residual / remainder
          errorSquares += residual * residual
          if left > bestScore { (best, bestScore) = (class_, left) }
        }
        sums.residualSquares[penalty] += errorSquares
        sums.errorSquares[penalty] += errorSquares / (remainder * remainder)
        if best == label { sums.correct[penalty] += 1 }
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
