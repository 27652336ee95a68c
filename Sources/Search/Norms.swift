public import LinearAlgebra

extension ArraySlice<Float> {
  /// Σ xᵢ·yᵢ, one sum in one order: what scores are made of.
  func product(with other: ArraySlice<Float>) -> Double {
    zip(self, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// 1/‖x‖, and 0 for zeros alone. One sum in one order: what scores are made of.
  var inverseNorm: Double {
    Self.inverseNorm(reduce(0.0) { $0 + Double($1) * Double($1) })
  }

  /// The same in a third of the time: eight sums side by side, so the last bits differ.
  var quickInverseNorm: Double {
    var sums = SIMD8<Double>()
    var start = startIndex
    while start + 8 <= endIndex {
      let values = SIMD8<Double>(SIMD8<Float>(self[start..<start + 8]))
      sums += values * values
      start += 8
    }
    return Self.inverseNorm(self[start...].reduce(sums.sum()) { $0 + Double($1) * Double($1) })
  }

  /// Σ (xᵢ − yᵢ)² in double precision, eight sums side by side, always the same.
  func squaredDistance(from other: ArraySlice<Float>) -> Double {
    precondition(count == other.count, "both are of one dimension")
    return withUnsafeBytes { one in
      other.withUnsafeBytes { other in
        var sums = SIMD8<Double>()
        let whole = one.count - one.count % 32
        for place in stride(from: 0, to: whole, by: 32) {
          let one = one.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
          let other = other.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
          let difference = SIMD8<Double>(one) - SIMD8<Double>(other)
          sums += difference * difference
        }
        var sum = sums.sum()
        for place in stride(from: whole, to: one.count, by: 4) {
          let one = one.loadUnaligned(fromByteOffset: place, as: Float.self)
          let difference = Double(one) - Double(other.loadUnaligned(fromByteOffset: place, as: Float.self))
          sum += difference * difference
        }
        return sum
      }
    }
  }

  private static func inverseNorm(_ square: Double) -> Double {
    square > 0 ? 1 / square.squareRoot() : 0
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
