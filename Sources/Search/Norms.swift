public import LinearAlgebra

extension ArraySlice<Float> {
  /// ‖x‖.
  var norm: Double { product(with: self).squareRoot() }

  /// 1/‖x‖, and 0 for zeros alone.
  var inverseNorm: Double {
    let norm = norm
    return norm > 0 ? 1 / norm : 0
  }
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
