internal import CKernels

extension Matrix<Float> {
  /// Finds the columns whose element in `row` is at least `floor`, or at least their own of `floors` [columns]. They are written,
  /// ascending, to the front of `places` [columns].
  ///
  /// - Returns: How many there are.
  public func findColumns(
    ofRow row: Int, reaching floor: Float, or floors: [Float], into places: inout [UInt32]
  ) -> Int {
    precondition(floors.count == columns && places.count >= columns, "one floor and one place a column")
    return self.row(row).withUnsafeBufferPointer { values in
      places.withUnsafeMutableBufferPointer { places in
        guard let values = values.baseAddress, let places = places.baseAddress else { return 0 }
        return firn_arithmetic().pointee.find_reaching(values, floors, floor, columns, places)
      }
    }
  }
}
