public import LinearAlgebra

extension ArraySlice<Float> {
  /// ‖x‖.
  var norm: Double { product(with: self).squareRoot() }

  /// 1/‖x‖, and 0 for zeros alone.
  var inverseNorm: Double { norm.inverse }
}

extension Double {
  /// What brings a vector of this norm to length 1; 0 for zeros alone.
  var inverse: Double { self > 0 ? 1 / self : 0 }
}

extension Matrix<Float> {
  /// The rows at length 1, so that their products are cosines; zeros stay zeros.
  public func unitRows(threads: Threads) -> Matrix<Float> {
    let blockRows = 256
    let blocks = threads.map((rows + blockRows - 1) / blockRows) { block in
      (block * blockRows..<Swift.min(rows, (block + 1) * blockRows)).flatMap { row in
        let inverse = self.row(row).inverseNorm
        return self.row(row).map { Float(Double($0) * inverse) }
      }
    }
    return Matrix(rows: rows, columns: columns, elements: blocks.flatMap { $0 })
  }
}
