/// The statistics of rows around their mean, in double precision.
extension Matrix<Float> {
  /// The rows taken together into one sum, or one product, at a time.
  private static var blockRows: Int { 1024 }

  private func block(_ index: Int) -> Range<Int> {
    index * Self.blockRows..<Swift.min(rows, (index + 1) * Self.blockRows)
  }

  private var blocks: Int { (rows + Self.blockRows - 1) / Self.blockRows }

  /// The mean of each column. The same bits on any number of threads.
  public func columnMeans(threads: Threads) -> [Double] {
    let partials = threads.fold(blocks: blocks, into: { [Double](repeating: 0, count: columns) }) {
      sums, index in
      for row in block(index) {
        let start = row * columns
        for column in sums.indices { sums[column] += Double(elements[start + column]) }
      }
    }
    return mean(of: partials)
  }

  /// The variance of each column around `means` [columns]. The same bits on any number of threads.
  public func columnVariances(around means: [Double], threads: Threads) -> [Double] {
    precondition(means.count == columns, "one mean a column")
    let partials = threads.fold(blocks: blocks, into: { [Double](repeating: 0, count: columns) }) {
      squares, index in
      for row in block(index) {
        let start = row * columns
        for column in squares.indices {
          let difference = Double(elements[start + column]) - means[column]
          squares[column] += difference * difference
        }
      }
    }
    return mean(of: partials)
  }

  /// The lanes' sums of each column, divided by the rows.
  private func mean(of partials: [[Double]]) -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for partial in partials {
      for column in sums.indices { sums[column] += partial[column] }
    }
    return sums.map { $0 / Double(Swift.max(1, rows)) }
  }

  /// A range of rows, less `means`. Shapes: means [columns], result [range × columns].
  public func rows(_ range: Range<Int>, minus means: [Double]) -> Matrix<Double> {
    precondition(means.count == columns, "one mean a column")
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows lie inside their matrix")
    var centred = [Double](repeating: 0, count: range.count * columns)
    var target = centred.mutableSpan
    let (source, means) = (elements.span, means.span)
    for row in 0..<range.count {
      let (from, to) = ((range.lowerBound + row) * columns, row * columns)
      for column in 0..<columns { target[to + column] = Double(source[from + column]) - means[column] }
    }
    return Matrix<Double>(rows: range.count, columns: columns, elements: centred)
  }

  /// All rows, less `means`, with a one behind each. Shapes: means [columns], result [rows × (columns + 1)].
  public func centredBesideOnes(means: [Double], threads: Threads) -> Matrix<Float> {
    precondition(means.count == columns, "one mean a column")
    return Matrix.filled(
      rows: rows, columns: columns + 1, parts: blocks, on: threads,
      with: { [Float](repeating: 1, count: columns + 1) }
    ) { centred, index, writer in
      for row in block(index) {
        let start = row * columns
        for column in means.indices {
          centred[column] = Float(Double(elements[start + column]) - means[column])
        }
        writer.write(centred.span.bytes, row: row)
      }
    }.matrix
  }

  /// All rows, less `means` and divided by `scales`. Shapes: means and scales [columns].
  public func standardised(means: [Double], scales: [Double], threads: Threads) -> Matrix<Float> {
    precondition(means.count == columns && scales.count == columns, "one mean and one scale a column")
    guard columns > 0 else { return self }
    return Matrix.filled(
      rows: rows, columns: columns, parts: blocks, on: threads,
      with: { [Float](repeating: 0, count: columns) }
    ) { standardised, index, writer in
      for row in block(index) {
        let start = row * columns
        for column in means.indices {
          standardised[column] = Float((Double(elements[start + column]) - means[column]) / scales[column])
        }
        writer.write(standardised.span.bytes, row: row)
      }
    }.matrix
  }

  /// Σ (x − means)·(x − means)ᵀ over the rows x, [columns × columns]. The same bits on any number of threads. O(N·d²).
  public func scatter(around means: [Double], threads: Threads) -> Matrix<Double> {
    let partials = threads.fold(
      blocks: blocks, into: { Matrix<Double>(rows: columns, columns: columns) }
    ) { sum, index in
      let centred = rows(block(index), minus: means)
      PackedDoubles(centred).addProduct(transposing: centred, to: &sum)
    }
    var total = Matrix<Double>(rows: columns, columns: columns)
    for partial in partials {
      for index in total.elements.indices { total.elements[index] += partial.elements[index] }
    }
    return total
  }
}
