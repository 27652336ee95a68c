internal import CKernels
internal import Foundation

/// Writes rows of a matrix that several workers fill together.
///
/// Sendable: no two workers are given the same row to write, and nobody reads before all are done.
public struct RowWriter: @unchecked Sendable {
  fileprivate let elements: UnsafeMutableBufferPointer<Float>
  fileprivate let columns: Int

  /// Writes a row by its bytes, as many as the columns' values have. They go past the caches: nobody reads them soon.
  public func write(_ values: RawSpan, row: Int) {
    values.withUnsafeBytes { values in
      precondition(
        values.count == columns * MemoryLayout<Float>.stride && 0..<elements.count ~= row * columns,
        "a row holds as many values as the matrix has columns")
      guard let source = values.baseAddress, let target = elements.baseAddress else { return }
      firn_copy_past_caches(target + row * columns, source, values.count)
    }
  }
}

extension Matrix<Float> {
  /// A matrix that workers fill, part by part.
  ///
  /// - Parameters:
  ///   - rows: How many rows.
  ///   - columns: How many columns.
  ///   - parts: How many parts the work falls into.
  ///   - threads: How many workers there are.
  ///   - makeState: Makes what a worker keeps from part to part.
  ///   - fill: Does one part: writes rows that belong to no other part. All parts together must write every row,
  ///     or the matrix must not be used.
  /// - Returns: The matrix, and what `fill` returned for each part.
  public static func filled<State, Result: Sendable>(
    rows: Int, columns: Int, parts: Int, on threads: Threads, with makeState: @Sendable () -> State,
    _ fill: @Sendable (inout State, Int, RowWriter) -> Result
  ) -> (matrix: Matrix, results: [Result]) {
    var results: [Result] = []
    let count = rows * columns
    let elements = [Float](unsafeUninitializedCapacity: count) { elements, initialized in
      elements.standInHugePages()
      let writer = RowWriter(elements: elements, columns: columns)
      results = threads.map(parts, with: makeState) { state, part in
        defer { firn_end_copies() }
        return fill(&state, part, writer)
      }
      initialized = count
    }
    return (Matrix(rows: rows, columns: columns, elements: elements), results)
  }
}

extension UnsafeMutableBufferPointer<Float> {
  /// Has the system give memory that was not touched yet in pages of 2 MB, where it has them: to touch a gigabyte in pages of 4 kB takes
  /// longer than to write it.
  fileprivate func standInHugePages() {
    let page = 2 << 20
    let start = (UInt(bitPattern: baseAddress) + UInt(page - 1)) / UInt(page) * UInt(page)
    let end = UInt(bitPattern: baseAddress) + UInt(count * MemoryLayout<Float>.stride)
    guard start < end, let first = UnsafeMutableRawPointer(bitPattern: start) else { return }
    madvise(first, Int(end - start), MADV_HUGEPAGE)
  }
}
