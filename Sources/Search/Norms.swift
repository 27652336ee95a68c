public import LinearAlgebra

extension ArraySlice<Float> {
  /// Σ xᵢ·yᵢ, one sum in one order: what scores are made of.
  func product(with other: ArraySlice<Float>) -> Double {
    zip(self, other).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// Σ (xᵢ − yᵢ)², one sum in one order.
  func squaredDistance(to other: ArraySlice<Float>) -> Double {
    zip(self, other).reduce(0.0) { sum, pair in
      let difference = Double(pair.0) - Double(pair.1)
      return sum + difference * difference
    }
  }

  /// ‖x‖, one sum in one order.
  var norm: Double {
    reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  /// 1/‖x‖, and 0 for zeros alone.
  var inverseNorm: Double {
    let norm = norm
    return norm > 0 ? 1 / norm : 0
  }

  /// ‖x‖ in a third of the time: eight sums side by side, so the last bits differ.
  var quickNorm: Double {
    var sums = SIMD8<Double>()
    var start = startIndex
    while start + 8 <= endIndex {
      let values = SIMD8<Double>(SIMD8<Float>(self[start..<start + 8]))
      sums += values * values
      start += 8
    }
    return self[start...].reduce(sums.sum()) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  /// Σ (xᵢ − yᵢ)² in a part of the time: eight sums side by side, so the last bits differ.
  func quickSquaredDistance(to other: ArraySlice<Float>) -> Double {
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
}

extension Matrix<Float> {
  /// The product of each of some rows with `other`, to the bit as ``Swift/ArraySlice/product(with:)`` of each: four at once, for every sum
  /// waits for itself.
  func products(ofRows rows: [Int], with other: ArraySlice<Float>) -> [Double] {
    precondition(other.count == columns, "both are of one dimension")
    let whole = rows.count - rows.count % 4
    let products = elements.withUnsafeBufferPointer { elements in
      other.withUnsafeBufferPointer { other in
        stride(from: 0, to: whole, by: 4).flatMap { first in
          let starts = (0..<4).map { rows[first + $0] * columns }
          let (a, b, c, d) = (starts[0], starts[1], starts[2], starts[3])
          var sums = SIMD4<Double>()
          for k in other.indices {
            let values = SIMD4(elements[a + k], elements[b + k], elements[c + k], elements[d + k])
            sums += SIMD4<Double>(values) * Double(other[k])
          }
          return [sums.x, sums.y, sums.z, sums.w]
        }
      }
    }
    return products + rows[whole...].map { row($0).product(with: other) }
  }

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
