internal import CKernels

/// The right-hand factor of float products, laid out once in the order in which the kernels read it.
///
/// Every element of a product is one chain of fused multiply-adds over the inner dimension, in ascending order. It is the
/// same bits whatever rows stand beside it, however the work is cut, and on every processor family.
public final class PackedMatrix: Sendable {
  /// The inner dimension of a product: how long the rows of the left factor are.
  public let rows: Int
  /// How many columns a product has.
  public let columns: Int
  /// Panels of 16 columns, each row after row, the last padded with zeros.
  private let panels: FixedBuffer<Float>

  /// Packs `matrix` [rows × columns], or its transpose.
  public init(_ matrix: Matrix<Float>, transposed: Bool = false) {
    (rows, columns) = transposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
    let (rowStride, columnStride) = transposed ? (1, matrix.columns) : (matrix.columns, 1)
    let (inner, width) = (rows, columns)
    panels = FixedBuffer(count: firn_packed_count(inner, width)) { panels in
      if let start = panels.baseAddress {
        firn_pack(matrix.elements, rowStride, columnStride, inner, width, start)
      }
    }
  }

  /// Packs the columns that `fill` writes, asked for in their order, each `rows` values long.
  public init(rows: Int, columns: Int, fillColumn fill: (Int, inout MutableSpan<Float>) -> Void) {
    (self.rows, self.columns) = (rows, columns)
    // The columns of a panel side by side, each in one piece, before they are packed.
    var apart = Matrix<Float>(rows: 16, columns: rows)
    panels = FixedBuffer(count: firn_packed_count(rows, columns)) { panels in
      guard let start = panels.baseAddress else { return }
      for first in stride(from: 0, to: columns, by: 16) {
        let width = min(16, columns - first)
        for column in 0..<width { apart.fillRow(column) { fill(first + column, &$0) } }
        firn_pack(apart.elements, 1, rows, rows, width, start + first * rows)
      }
    }
  }

  /// product[productRows] ← left[leftRows]·self, plus `bias` on every row, plus what the product held when
  /// `accumulating`, put through `activation`. Shapes: left [· × rows], product [· × columns], bias [columns].
  public func multiply(
    _ left: Matrix<Float>, rows leftRows: Range<Int>, plus bias: [Float]? = nil, accumulating: Bool = false,
    activation: Activation = .identity, into product: inout Matrix<Float>, rows productRows: Range<Int>
  ) {
    precondition(leftRows.count == productRows.count && left.columns == rows && product.columns == columns)
    precondition(bias.map { $0.count == columns } ?? true, "a bias has one value a column")
    precondition(
      leftRows.lowerBound >= 0 && leftRows.upperBound <= left.rows && productRows.lowerBound >= 0
        && productRows.upperBound <= product.rows, "rows lie inside their matrix")
    let (start, leftStart, inner) = (productRows.lowerBound * columns, leftRows.lowerBound * rows, rows)
    left.elements.withUnsafeBufferPointer { left in
      product.elements.withUnsafeMutableBufferPointer { product in
        guard let left = left.baseAddress, let product = product.baseAddress else { return }
        multiply(
          left + leftStart, stride: inner, rows: leftRows.count, inner: inner, plus: bias,
          accumulating: accumulating, activation: activation, into: product + start)
      }
    }
  }

  /// left·self, plus `bias` on every row, put through `activation`, shared out over `threads` by blocks of rows. Shapes: left
  /// [n × rows], bias [columns], result [n × columns].
  public func product(
    _ left: Matrix<Float>, plus bias: [Float]? = nil, activation: Activation = .identity, threads: Threads
  ) -> Matrix<Float> {
    precondition(left.columns == rows, "the inner dimensions of a product agree")
    precondition(bias.map { $0.count == columns } ?? true, "a bias has one value a column")
    let (inner, width, count, blockRows) = (rows, columns, left.rows, 480)
    let elements = [Float](unsafeUninitializedCapacity: count * width) { product, initialized in
      initialized = count * width
      left.elements.withUnsafeBufferPointer { left in
        guard let leftStart = left.baseAddress, let productStart = product.baseAddress else { return }
        // Every block of rows writes its own rows of the product and nothing else.
        nonisolated(unsafe) let (left, product) = (leftStart, productStart)
        threads.forEach((count + blockRows - 1) / blockRows) { block in
          let start = block * blockRows
          multiply(
            left + start * inner, stride: inner, rows: min(blockRows, count - start), inner: inner,
            plus: bias, activation: activation, into: product + start * width)
        }
      }
    }
    return Matrix(rows: count, columns: width, elements: elements)
  }

  /// product += left[leftRows]ᵀ·self, where self has one row for each of `leftRows`. Shapes: left [· × a],
  /// product [a × columns].
  public func addProduct(
    transposing left: Matrix<Float>, rows leftRows: Range<Int>, to product: inout Matrix<Float>
  ) {
    precondition(leftRows.count == rows && product.rows == left.columns && product.columns == columns)
    precondition(leftRows.lowerBound >= 0 && leftRows.upperBound <= left.rows, "rows lie inside their matrix")
    let leftStart = leftRows.lowerBound * left.columns
    let height = left.columns
    left.elements.withUnsafeBufferPointer { left in
      product.elements.withUnsafeMutableBufferPointer { product in
        guard let left = left.baseAddress, let product = product.baseAddress else { return }
        multiply(
          left + leftStart, stride: height, transposed: true, rows: height, inner: leftRows.count,
          accumulating: true, into: product)
      }
    }
  }

  /// The upper triangle of leftᵀ·self, where self is `left`, packed; of what is below it some is left out. Shapes: left
  /// [rows × columns], result [columns × columns].
  public func scatter(of left: Matrix<Float>) -> Matrix<Float> {
    precondition(left.rows == rows && left.columns == columns, "the factors have the same shape")
    var product = Matrix<Float>(rows: columns, columns: columns)
    left.elements.withUnsafeBufferPointer { left in
      product.elements.withUnsafeMutableBufferPointer { product in
        guard let left = left.baseAddress, let product = product.baseAddress else { return }
        for first in stride(from: 0, to: columns, by: 64) {
          let end = min(columns, first + 64)
          multiply(
            left, stride: columns, transposed: true, rows: end, inner: rows, columns: first..<end,
            into: product + first)
        }
      }
    }
    return product
  }

  /// out ← left·self, or some of its columns from a multiple of 16 on, by the kernels; see `firn_product`.
  private func multiply(
    _ left: UnsafePointer<Float>, stride: Int, transposed: Bool = false, rows: Int, inner: Int,
    columns range: Range<Int>? = nil, plus bias: [Float]? = nil, accumulating: Bool = false,
    activation: Activation = .identity,
    into out: UnsafeMutablePointer<Float>
  ) {
    func run(_ bias: UnsafePointer<Float>?) {
      panels.withUnsafeBufferPointer { panels in
        guard let packed = panels.baseAddress else { return }
        var product = firn_product(
          left: left, left_stride: stride, left_transposed: transposed,
          packed: packed + (range?.lowerBound ?? 0) * inner, bias: bias,
          activation: activation.kernel, accumulate: accumulating, out: out, out_stride: columns, rows: rows,
          columns: range?.count ?? columns, inner: inner)
        firn_arithmetic().pointee.multiply(&product)
      }
    }
    if let bias { bias.withUnsafeBufferPointer { run($0.baseAddress) } } else { run(nil) }
  }
}
