internal import CKernels

/// The right-hand factor of products in double precision, laid out once in the order in which the kernels read it.
///
/// Like a ``PackedMatrix``: every element of a product is one chain of fused multiply-adds over the inner dimension, in ascending
/// order, the same bits however the work is cut and on every processor family.
public struct PackedDoubles: Sendable {
  /// The inner dimension of a product: how long the rows of the left factor are.
  public let rows: Int
  /// How many columns a product has.
  public let columns: Int
  /// Panels of 8 columns, each row after row, the last padded with zeros.
  private let panels: FixedBuffer<Double>

  /// Packs `matrix` [rows × columns], or its transpose.
  public init(_ matrix: Matrix<Double>, transposed: Bool = false) {
    (rows, columns) = transposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
    let (rowStride, columnStride) = transposed ? (1, matrix.columns) : (matrix.columns, 1)
    let (inner, width) = (rows, columns)
    panels = FixedBuffer(count: firn_packed_doubles_count(inner, width)) { panels in
      if let start = panels.baseAddress {
        firn_pack_doubles(matrix.elements, rowStride, columnStride, inner, width, start)
      }
    }
  }

  /// left·self. Shapes: left [n × rows], result [n × columns].
  public func product(_ left: Matrix<Double>) -> Matrix<Double> {
    precondition(left.columns == rows, "the inner dimensions of a product agree")
    guard rows > 0 else { return Matrix(rows: left.rows, columns: columns) }
    let elements = [Double](unsafeUninitializedCapacity: left.rows * columns) { product, initialized in
      initialized = left.rows * columns
      multiply(left, rows: left.rows, accumulating: false, into: product)
    }
    return Matrix(rows: left.rows, columns: columns, elements: elements)
  }

  /// leftᵀ·self. Shapes: left [rows × n], result [n × columns].
  public func product(transposing left: Matrix<Double>) -> Matrix<Double> {
    var product = Matrix<Double>(rows: left.columns, columns: columns)
    addProduct(transposing: left, to: &product)
    return product
  }

  /// sum += leftᵀ·self. Shapes: left [rows × n], sum [n × columns].
  public func addProduct(transposing left: Matrix<Double>, to sum: inout Matrix<Double>) {
    precondition(left.rows == rows, "both factors have the same rows")
    precondition(sum.rows == left.columns && sum.columns == columns, "a sum has the shape of its products")
    sum.elements.withUnsafeMutableBufferPointer {
      multiply(left, transposed: true, rows: left.columns, accumulating: true, into: $0)
    }
  }

  /// sum += leftᵀ·self on the diagonal and above, where self is of the shape of `left`; of what is below it some is added too.
  /// Shapes: left [rows × columns], sum [columns × columns].
  func addTriangle(transposing left: Matrix<Double>, to sum: inout Matrix<Double>) {
    precondition(left.rows == rows && left.columns == columns, "the factors have the same shape")
    precondition(sum.rows == columns && sum.columns == columns, "a sum has the shape of its products")
    sum.elements.withUnsafeMutableBufferPointer { sum in
      for first in stride(from: 0, to: columns, by: 64) {
        let end = min(columns, first + 64)
        multiply(left, transposed: true, rows: end, columns: first..<end, accumulating: true, into: sum)
      }
    }
  }

  /// out ← left·self, or some of its columns from a multiple of 8 on, by the kernels; see `firn_double_product`.
  private func multiply(
    _ left: Matrix<Double>, transposed: Bool = false, rows: Int, columns range: Range<Int>? = nil,
    accumulating: Bool, into out: UnsafeMutableBufferPointer<Double>
  ) {
    let (inner, stride, first) = (self.rows, left.columns, range?.lowerBound ?? 0)
    left.elements.withUnsafeBufferPointer { left in
      panels.withUnsafeBufferPointer { panels in
        guard let left = left.baseAddress, let packed = panels.baseAddress, let out = out.baseAddress else {
          return
        }
        var product = firn_double_product(
          left: left, left_stride: stride, left_transposed: transposed,
          packed: packed + first * inner, accumulate: accumulating, out: out + first, out_stride: columns,
          rows: rows, columns: range?.count ?? columns, inner: inner)
        firn_arithmetic().pointee.multiply_doubles(&product)
      }
    }
  }
}
