/// The products of rows of bytes with the columns of a ``PackedBytes``.
public struct ByteProducts: Sendable {
  private let values: [Int32]
  /// From one row to the next.
  private let stride: Int
  private let columns: Int

  /// Rows of products, `stride` from one to the next.
  init(values: [Int32], stride: Int, columns: Int) {
    (self.values, self.stride, self.columns) = (values, stride, columns)
  }

  /// The products of one row [columns].
  public func row(_ row: Int) -> ArraySlice<Int32> {
    values[row * stride..<row * stride + columns]
  }
}
