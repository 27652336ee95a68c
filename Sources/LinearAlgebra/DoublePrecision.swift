internal import COpenBLAS

/// Products in double precision, for the statistics and solves that heads are made of (OpenBLAS).
extension Matrix<Double> {
  /// self · other, or with either factor transposed first. Shapes: [m×k]·[k×n] = [m×n].
  public func times(
    _ other: Matrix<Double>, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Matrix<Double> {
    let (m, k) = transposingSelf ? (columns, rows) : (rows, columns)
    let (inner, n) = transposingOther ? (other.columns, other.rows) : (other.rows, other.columns)
    precondition(k == inner, "the inner dimensions of a product agree")
    var product = Matrix<Double>(rows: m, columns: n)
    guard m > 0, n > 0, k > 0 else { return product }
    _ = Threads.blasRunsOneThread
    cblas_dgemm(
      CblasRowMajor, transposingSelf ? CblasTrans : CblasNoTrans,
      transposingOther ? CblasTrans : CblasNoTrans, Int32(m), Int32(n), Int32(k), 1,
      elements, Int32(columns), other.elements, Int32(other.columns), 0, &product.elements, Int32(n))
    return product
  }

  /// Each row times the same row of a matrix of the same shape [rows].
  public func rowProducts(with other: Matrix<Double>) -> [Double] {
    precondition(rows == other.rows && columns == other.columns, "both matrices have one shape")
    return (0..<rows).map { row in
      zip(self.row(row), other.row(row)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// Adds selfᵀ·self over all rows to the elements of `sum` [columns × columns] on its diagonal and above.
  func addSquareTriangle(to sum: inout Matrix<Double>) {
    guard rows > 0, columns > 0 else { return }
    _ = Threads.blasRunsOneThread
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, Int32(columns), Int32(rows), 1, elements, Int32(columns), 1,
      &sum.elements, Int32(columns))
  }

  /// Adds selfᵀ·other over all rows to `sum` [columns × other.columns].
  public func addTransposedProduct(with other: Matrix<Double>, to sum: inout Matrix<Double>) {
    _ = Threads.blasRunsOneThread
    cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(columns), Int32(other.columns), Int32(rows), 1,
      elements, Int32(columns), other.elements, Int32(other.columns), 1, &sum.elements,
      Int32(other.columns))
  }
}

extension Matrix<Float> {
  /// selfᵀ·other in double precision, [rows×a]ᵀ·[rows×b] = [a×b]: every product and sum is in double precision.
  ///
  /// The rows are taken in blocks of a fixed size, so the result is the same bits on any number of threads.
  public func transposedProduct(with other: Matrix<Float>, threads: Threads) -> Matrix<Double> {
    precondition(rows == other.rows, "both factors have the same rows")
    let blockRows = 1024
    let partials = threads.fold(
      blocks: (rows + blockRows - 1) / blockRows,
      into: { Matrix<Double>(rows: columns, columns: other.columns) }
    ) { sum, block in
      let range = block * blockRows..<min(rows, (block + 1) * blockRows)
      rowBlock(range).addTransposedProduct(with: other.rowBlock(range), to: &sum)
    }
    var total = Matrix<Double>(rows: columns, columns: other.columns)
    for partial in partials {
      for index in total.elements.indices { total.elements[index] += partial.elements[index] }
    }
    return total
  }

  /// A range of rows in double precision.
  private func rowBlock(_ range: Range<Int>) -> Matrix<Double> {
    Matrix<Double>(
      rows: range.count, columns: columns,
      elements: elements[range.lowerBound * columns..<range.upperBound * columns].map(Double.init))
  }
}
