internal import CKernels

/// The right-hand factor of products in 16-bit integers, about half the size of a ``PackedMatrix`` and 1.4 times as fast
/// on a processor with AVX2.
///
/// Every column has a scale of its own, the least at which no sum of products can overflow 32 bits; with it an element keeps 11
/// to 12 bits. Sums of integers are exact, so a product is the same bits whatever rows stand beside it and on every
/// processor family.
public final class QuantizedMatrix: Sendable {
  /// The inner dimension of a product: how long the rows of the left factor are.
  public let rows: Int
  /// How many columns a product has.
  public let columns: Int
  /// Panels of 16 columns, each two rows at a time.
  private let panels: FixedBuffer<Int16>
  /// What one unit of a column's integers is worth.
  private let scales: [Float]

  /// Quantises the columns that `fill` writes, asked for in their order, each `rows` values long.
  public init(rows: Int, columns: Int, fillColumn fill: (Int, inout MutableSpan<Float>) -> Void) {
    (self.rows, self.columns) = (rows, columns)
    var column = [Float](repeating: 0, count: rows)
    var scales = [Float](repeating: 0, count: columns)
    panels = FixedBuffer(count: firn_packed_count(rows + rows % 2, columns)) { panels in
      panels.initialize(repeating: 0)
      guard let start = panels.baseAddress else { return }
      for index in 0..<columns {
        var values = column.mutableSpan
        fill(index, &values)
        scales[index] = firn_pack_integers(column, rows, index, start)
      }
    }
    self.scales = scales
  }

  /// product[productRows] ← left·self, plus `bias` on every row, plus what the product held when `accumulating`,
  /// put through `activation`. Shapes: left [n × rows], product [· × columns], bias [columns].
  public func multiply(
    _ left: QuantizedRows, plus bias: [Float], accumulating: Bool = false, activation: Activation = .identity,
    into product: inout Matrix<Float>, rows productRows: Range<Int>
  ) {
    precondition(left.count == productRows.count && left.columns == rows && product.columns == columns)
    precondition(bias.count == columns, "a bias has one value a column")
    precondition(
      productRows.lowerBound >= 0 && productRows.upperBound <= product.rows, "rows lie inside their matrix")
    let start = productRows.lowerBound * columns
    product.elements.withUnsafeMutableBufferPointer { product in
      left.withUnsafePointers { integers, leftScales in
        panels.withUnsafeBufferPointer { panels in
          scales.withUnsafeBufferPointer { scales in
            bias.withUnsafeBufferPointer { bias in
              guard let out = product.baseAddress, let packed = panels.baseAddress,
                let columnScale = scales.baseAddress
              else { return }
              var product = firn_integer_product(
                left: integers, left_stride: left.stride, left_scale: leftScales, packed: packed,
                column_scale: columnScale, bias: bias.baseAddress, activation: activation.kernel,
                accumulate: accumulating, out: out + start,
                out_stride: columns, rows: left.count, columns: columns, inner: left.stride)
              firn_arithmetic().pointee.multiply_integers(&product)
            }
          }
        }
      }
    }
  }
}

/// Rows of 16-bit integers, each with a scale of its own: the left factor of a product with a ``QuantizedMatrix``.
public struct QuantizedRows: Sendable {
  /// How many rows it holds now.
  public private(set) var count = 0
  /// How many values a row has.
  public private(set) var columns = 0
  /// Integers from one row to the next: `columns`, rounded up to even.
  var stride: Int { columns + columns % 2 }
  private var integers: [Int16]
  private var scales: [Float]

  /// Room for `rows` rows of up to `columns` values, to be filled again and again.
  public init(rows: Int, columns: Int) {
    integers = [Int16](repeating: 0, count: rows * (columns + columns % 2))
    scales = [Float](repeating: 0, count: rows)
  }

  /// Takes `rows` of `matrix`, each as its greatest value's share of ±16,383, rounded.
  public mutating func fill(from matrix: Matrix<Float>, rows: Range<Int>) {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= matrix.rows, "rows lie inside their matrix")
    (count, columns) = (rows.count, matrix.columns)
    precondition(count <= scales.count && count * stride <= integers.count, "the rows fit")
    let (start, stride, columns, count) = (rows.lowerBound * matrix.columns, stride, columns, count)
    matrix.elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      firn_arithmetic().pointee.quantize(base + start, columns, count, columns, &integers, stride, &scales)
    }
  }

  func withUnsafePointers(_ body: (UnsafePointer<Int16>, UnsafePointer<Float>) -> Void) {
    integers.withUnsafeBufferPointer { integers in
      scales.withUnsafeBufferPointer { scales in
        guard let integers = integers.baseAddress, let scales = scales.baseAddress else { return }
        body(integers, scales)
      }
    }
  }
}
