internal import Foundation
internal import LinearAlgebra

/// Multinomial logistic regression's objective: Σᵢ −log softmax(zᵢ·θ)[yᵢ] + λ/2·‖θ‖² with the last row of θ, the
/// intercepts, left out of the penalty.
///
/// Shapes: coordinates z [N × (axes + 1)], the last column all ones; θ and its gradient [(axes + 1) × classes].
struct SoftmaxObjective: Sendable {
  /// What the rows are along the principal axes, then a column of ones [N × (axes + 1)].
  let coordinates: Matrix<Float>
  /// The class of each row [N].
  let labels: [Int32]
  let classes: Int

  /// The rows whose scores, probabilities and part of the gradient stay in cache together.
  private static let blockRows = 192

  /// The objective and what the solver needs of it at one θ.
  struct Value: Sendable {
    /// The objective.
    var objective: Double
    /// Its gradient [(axes + 1) × classes], row after row.
    var gradient: [Double]
    /// Σᵢ pᵢₖ·(1 − pᵢₖ) of each class k [classes]: how much its probabilities can still move.
    var spread: [Double]
  }

  /// What one lane adds up.
  private struct Partial: Sendable {
    var loss = 0.0
    var gradient: Matrix<Float>
    var spread: [Double]
  }

  /// How many values θ has.
  var parameterCount: Int { coordinates.columns * classes }

  /// The objective with its gradient, from two float products over the rows and sums in double precision. The same bits on
  /// any number of threads. O(N·d·classes).
  func value(at parameters: [Double], penalty: Double, threads: Threads) -> Value {
    let packed = PackedMatrix(
      Matrix(rows: coordinates.columns, columns: classes, elements: parameters.map { Float($0) }))
    let rows = coordinates.rows
    let partials = threads.fold(
      blocks: (rows + Self.blockRows - 1) / Self.blockRows,
      into: {
        Partial(
          gradient: Matrix(rows: coordinates.columns, columns: classes),
          spread: [Double](repeating: 0, count: classes))
      }
    ) { partial, block in
      add(block * Self.blockRows..<min(rows, (block + 1) * Self.blockRows), of: packed, to: &partial)
    }
    return combined(partials, parameters: parameters, penalty: penalty)
  }

  /// Adds the losses and gradients of a block of rows.
  private func add(_ rows: Range<Int>, of parameters: PackedMatrix, to partial: inout Partial) {
    var scores = Matrix<Float>(rows: rows.count, columns: classes)
    parameters.multiply(coordinates, rows: rows, into: &scores, rows: 0..<rows.count)
    var residuals = scores
    residuals.softmax(rows: 0..<rows.count)
    addSpread(of: residuals, to: &partial.spread)
    for row in 0..<rows.count {
      let label = Int(labels[rows.lowerBound + row])
      let probability = residuals[row, label]
      if probability > 0.5 {
        // Close to 1 a float says little of what is missing from it; the other classes' probabilities say it well.
        residuals[row, label] = 0
        let missing = residuals.elements.sum(row * classes..<(row + 1) * classes)
        partial.loss -= log1p(-Double(missing))
        residuals[row, label] = -missing
      } else {
        partial.loss +=
          probability > 1e-20 ? -log(Double(probability)) : Self.loss(of: scores.row(row), label: label)
        residuals[row, label] = probability - 1
      }
    }
    PackedMatrix(residuals).addProduct(transposing: coordinates, rows: rows, to: &partial.gradient)
  }

  private func addSpread(of probabilities: Matrix<Float>, to spread: inout [Double]) {
    var sums = [Float](repeating: 0, count: classes)
    for row in 0..<probabilities.rows {
      let start = row * classes
      for class_ in 0..<classes {
        let probability = probabilities.elements[start + class_]
        sums[class_] += probability * (1 - probability)
      }
    }
    for class_ in 0..<classes { spread[class_] += Double(sums[class_]) }
  }

  /// −log softmax(scores)[label] where the probability itself is too small for a float.
  private static func loss(of scores: ArraySlice<Float>, label: Int) -> Double {
    let largest = Double(scores.max() ?? 0)
    let total = scores.reduce(0) { $0 + exp(Double($1) - largest) }
    return largest + log(total) - Double(scores[scores.startIndex + label])
  }

  private func combined(_ partials: [Partial], parameters: [Double], penalty: Double) -> Value {
    var value = Value(
      objective: 0, gradient: [Double](repeating: 0, count: parameters.count),
      spread: [Double](repeating: 0, count: classes))
    for partial in partials {
      value.objective += partial.loss
      for index in value.gradient.indices {
        value.gradient[index] += Double(partial.gradient.elements[index])
      }
      value.spread.add(partial.spread, times: 1)
    }
    let weights = parameters.count - classes
    for index in 0..<weights { value.gradient[index] += penalty * parameters[index] }
    value.objective += penalty / 2 * squaredNorm(Array(parameters[..<weights]))
    return value
  }
}

extension [Float] {
  /// The sum of a range, in eight partial sums so that the processor need not wait for each addition.
  fileprivate func sum(_ range: Range<Int>) -> Float {
    var sums = SIMD8<Float>()
    let whole = range.lowerBound + (range.count & ~7)
    for start in stride(from: range.lowerBound, to: whole, by: 8) {
      for lane in 0..<8 { sums[lane] += self[start + lane] }
    }
    return (whole..<range.upperBound).reduce(sums.sum()) { $0 + self[$1] }
  }
}
