/// The scalars a matrix may hold: `Float` for features, weights and scores, `Double` for statistics and solves.
public protocol MatrixScalar: BinaryFloatingPoint, Sendable {}

extension Float: MatrixScalar {}
extension Double: MatrixScalar {}

/// A dense matrix in row-major order: element (i, j) stands at `elements[i * columns + j]`.
public struct Matrix<Scalar: MatrixScalar>: Sendable, Hashable {
  /// How many rows.
  public let rows: Int
  /// How many columns.
  public let columns: Int
  /// All elements, row after row; `rows * columns` of them.
  public internal(set) var elements: [Scalar]

  /// A matrix filled with one value.
  public init(rows: Int, columns: Int, filledWith value: Scalar = 0) {
    self.rows = rows
    self.columns = columns
    elements = [Scalar](repeating: value, count: rows * columns)
  }

  /// A matrix over existing elements in row-major order, which are adopted, not copied.
  public init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(elements.count == rows * columns, "a matrix holds rows × columns elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element in `row` and `column`.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get { elements[row * columns + column] }
    set { set(newValue, row: row, column: column) }
  }

  @usableFromInline
  mutating func set(_ value: Scalar, row: Int, column: Int) {
    elements[row * columns + column] = value
  }

  /// One row, without a copy.
  @inlinable
  public func row(_ index: Int) -> ArraySlice<Scalar> {
    elements[index * columns..<(index + 1) * columns]
  }

  /// Lets `fill` write one row in place.
  public mutating func fillRow(_ index: Int, _ fill: (inout MutableSpan<Scalar>) -> Void) {
    elements.withUnsafeMutableBufferPointer { elements in
      var row = UnsafeMutableBufferPointer(rebasing: elements[index * columns..<(index + 1) * columns])
        .mutableSpan
      fill(&row)
    }
  }

  /// Adds `values` to every row.
  public mutating func add(_ values: [Scalar]) {
    precondition(values.count == columns, "a row holds as many values as the matrix has columns")
    for row in 0..<rows {
      for column in 0..<columns { elements[row * columns + column] += values[column] }
    }
  }

  /// The rows at `indices`, in that order.
  public func rows(at indices: some Collection<Int>) -> Matrix {
    var chosen: [Scalar] = []
    chosen.reserveCapacity(indices.count * columns)
    for index in indices { chosen += row(index) }
    return Matrix(rows: indices.count, columns: columns, elements: chosen)
  }

  /// Rows become columns.
  public func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows {
      for j in 0..<columns { result.elements[j * rows + i] = elements[i * columns + j] }
    }
    return result
  }

  /// The same values in another precision.
  public func converted<Other: MatrixScalar>(to _: Other.Type = Other.self) -> Matrix<Other> {
    Matrix<Other>(rows: rows, columns: columns, elements: elements.map { Other($0) })
  }
}
