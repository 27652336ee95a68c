internal import LinearAlgebra

/// Half the square of the error of a number.
struct SquaredErrorLoss: HeadLoss {
  /// The number of each row [N].
  let numbers: [Double]
  let scores = 1

  func addSlopes(of rows: Range<Int>, to scores: inout Matrix<Float>, curvature: inout [Float]) -> Double {
    curvature[0] += Float(rows.count)
    return rows.enumerated().reduce(0) { sum, row in
      scores[row.offset, 0] -= Float(numbers[row.element])
      return sum + Double(scores[row.offset, 0]) * Double(scores[row.offset, 0]) / 2
    }
  }

  func rows(at rows: [Int]) -> SquaredErrorLoss { SquaredErrorLoss(numbers: rows.map { numbers[$0] }) }
}
