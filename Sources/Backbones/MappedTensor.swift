internal import LinearAlgebra
internal import Safetensors

/// A matrix in a mapped file, whose rows are converted to float32 as they are read.
struct MappedTensor: Sendable {
  let file: MappedFile
  /// Where its bytes begin in the file; all of them lie inside.
  let offset: Int
  let format: NumberFormat
  let rows: Int
  let columns: Int

  /// Appends one row to `values`.
  func appendRow(_ row: Int, to values: inout [Float]) {
    format.append(columns, from: file.bytes, at: offset + row * columns * format.size, to: &values)
  }

  /// The whole tensor.
  func matrix() -> Matrix<Float> {
    var elements: [Float] = []
    elements.reserveCapacity(rows * columns)
    format.append(rows * columns, from: file.bytes, at: offset, to: &elements)
    return Matrix(rows: rows, columns: columns, elements: elements)
  }
}
