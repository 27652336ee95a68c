internal import Foundation
internal import LinearAlgebra

/// A head's objective: Σᵢ loss(zᵢ·θ) + λ/2·‖θ‖² with the last row of θ, the intercepts, left out of the penalty.
///
/// Shapes: coordinates z [N × (d + 1)], the last column all ones; θ and its gradient [(d + 1) × scores].
struct HeadObjective<Loss: ConvexLoss>: Sendable {
  /// The centred features, then a column of ones [N × (d + 1)].
  let coordinates: Matrix<Float>
  let loss: Loss

  /// The rows whose scores and part of the gradient stay in cache together.
  private static var blockRows: Int { 192 }

  /// The objective and what the solver needs of it at one θ.
  struct Value: Sendable {
    /// The objective.
    var objective: Double
    /// Its gradient [(d + 1) × scores], row after row.
    var gradient: [Double]
    /// Σᵢ ∂²loss/∂score² of each score [scores]; of a softmax Σᵢ pᵢₖ·(1 − pᵢₖ): how much its probabilities can still move.
    var spread: [Double]
  }

  /// What one lane adds up.
  private struct Partial: Sendable {
    var loss = 0.0
    var gradient: Matrix<Float>
    var spread: [Double]
  }

  /// How many values θ has.
  var parameterCount: Int { coordinates.columns * loss.scores }

  /// The objective with its gradient, from two float products over the rows and sums in double precision. The same bits on
  /// any number of threads. O(N·d·scores).
  func value(at parameters: [Double], penalty: Double, threads: Threads) -> Value {
    let packed = packed(parameters)
    let partials = threads.fold(
      blocks: blocks,
      into: {
        Partial(
          gradient: Matrix(rows: coordinates.columns, columns: loss.scores),
          spread: [Double](repeating: 0, count: loss.scores))
      }
    ) { partial, block in
      let (slopes, curvature, total) = slopes(ofBlock: block, at: packed)
      partial.loss += total
      for score in curvature.indices { partial.spread[score] += Double(curvature[score]) }
      PackedMatrix(slopes).addProduct(
        transposing: coordinates, rows: rows(ofBlock: block), to: &partial.gradient)
    }
    return combined(partials, parameters: parameters, penalty: penalty)
  }

  /// How many blocks the rows fall into.
  var blocks: Int { (coordinates.rows + Self.blockRows - 1) / Self.blockRows }

  /// The rows of a block.
  func rows(ofBlock block: Int) -> Range<Int> {
    block * Self.blockRows..<min(coordinates.rows, (block + 1) * Self.blockRows)
  }

  /// θ, as products want it.
  func packed(_ parameters: [Double]) -> PackedMatrix {
    PackedMatrix(
      Matrix(rows: coordinates.columns, columns: loss.scores, elements: parameters.map { Float($0) }))
  }

  /// The slopes of a block's losses [rows × scores], the sums of their own slopes [scores], and the sum of the losses.
  func slopes(
    ofBlock block: Int, at parameters: PackedMatrix
  ) -> (slopes: Matrix<Float>, curvature: [Float], loss: Double) {
    let rows = rows(ofBlock: block)
    var scores = Matrix<Float>(rows: rows.count, columns: loss.scores)
    parameters.multiply(coordinates, rows: rows, into: &scores, rows: 0..<rows.count)
    var curvature = [Float](repeating: 0, count: loss.scores)
    let total = loss.addSlopes(of: rows, to: &scores, curvature: &curvature)
    return (scores, curvature, total)
  }

  private func combined(_ partials: [Partial], parameters: [Double], penalty: Double) -> Value {
    var value = Value(
      objective: 0, gradient: [Double](repeating: 0, count: parameters.count),
      spread: [Double](repeating: 0, count: loss.scores))
    for partial in partials {
      value.objective += partial.loss
      for index in value.gradient.indices {
        value.gradient[index] += Double(partial.gradient.elements[index])
      }
      value.spread.add(partial.spread, times: 1)
    }
    let weights = parameters.count - loss.scores
    for index in 0..<weights { value.gradient[index] += penalty * parameters[index] }
    value.objective += penalty / 2 * squaredNorm(Array(parameters[..<weights]))
    return value
  }

  /// The objective of some of the rows.
  func rows(at rows: [Int]) -> HeadObjective {
    HeadObjective(coordinates: coordinates.rows(at: rows), loss: loss.rows(at: rows))
  }
}
