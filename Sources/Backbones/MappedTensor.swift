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

  /// One row.
  func row(_ row: Int) -> [Float] {
    format.numbers(columns, in: file.bytes, at: offset + row * columns * format.size)
  }

  /// The whole tensor.
  func matrix() -> Matrix<Float> {
    Matrix(rows: rows, columns: columns, elements: format.numbers(rows * columns, in: file.bytes, at: offset))
  }
}
