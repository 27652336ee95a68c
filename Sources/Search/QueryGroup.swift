internal import LinearAlgebra

/// Queries in 8-bit integers, whose products with a block of vectors stand beside one another.
struct QueryGroup: Sendable {
  /// The queries by their numbers.
  let queries: Range<Int>
  /// At length 1.
  let units: PackedBytes
  /// What they may score at the most: cosines times their slopes.
  let bounds: ProductBounds

  /// A group of queries by their `units` [queries × d], with the slopes of their keys; none where all are 1.
  init(_ queries: Range<Int>, units: Matrix<Float>, slopes: [Double]) {
    self.queries = queries
    let bytes = ByteRows(units, threads: Threads(1))
    self.units = PackedBytes(bytes)
    bounds = ProductBounds(scales: bytes.scales, rests: bytes.residuals.map { Float($0) }, slopes: slopes)
  }
}
