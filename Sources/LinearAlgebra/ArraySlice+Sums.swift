internal import CKernels

/// Sums over two vectors in double precision: sixteen side by side, each in the order of the values, then added up in one order.
extension ArraySlice<Float> {
  /// Σ xᵢ·yᵢ.
  public func product(with other: ArraySlice<Float>) -> Double {
    sum(with: other) { firn_arithmetic().pointee.inner_product($0, $1, count) }
  }

  /// Σ (xᵢ − yᵢ)².
  public func squaredDistance(to other: ArraySlice<Float>) -> Double {
    sum(with: other) { firn_arithmetic().pointee.squared_distance($0, $1, count) }
  }

  private func sum(
    with other: ArraySlice<Float>, _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Double
  ) -> Double {
    precondition(count == other.count, "both are of one dimension")
    return withUnsafeBufferPointer { one in
      other.withUnsafeBufferPointer { other in
        guard let one = one.baseAddress, let other = other.baseAddress else { return 0 }
        return body(one, other)
      }
    }
  }
}
