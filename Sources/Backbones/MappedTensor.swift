internal import LinearAlgebra
internal import TensorFiles

/// A matrix in a mapped file, whose rows are converted to float32 as they are read.
struct MappedTensor: Sendable {
  let file: MappedFile
  /// What it is called in the file.
  let name: String
  /// Where its bytes begin in the file; all of them lie inside.
  let offset: Int
  let format: NumberFormat
  let rows: Int
  let columns: Int
  /// What every value is multiplied by as it is read.
  var scale: Float = 1

  /// What is wrong with a weight that would make vectors, but wrong ones: a softmax takes a NaN for nothing.
  static let notFinite = "holds a value that is not a finite number"

  /// Reads one row into `values`, which has a place for each column.
  func readRow(_ row: Int, into values: inout MutableSpan<Float>) {
    format.read(file.bytes, at: offset + row * columns * format.size, into: &values)
    if scale != 1 { for index in values.indices { values[index] *= scale } }
  }

  /// The error of a tensor that cannot be used.
  func unusable(_ problem: String) -> BackboneError {
    .tensor(file: file.path, name: name, problem: problem)
  }

  /// The whole tensor.
  func matrix() -> Matrix<Float> {
    var matrix = Matrix<Float>(rows: rows, columns: columns)
    for row in 0..<rows { matrix.fillRow(row) { readRow(row, into: &$0) } }
    return matrix
  }
}
