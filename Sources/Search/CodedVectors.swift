internal import LinearAlgebra

/// Vectors with their 8-bit integers, to find the nearest to a query among some by reading a quarter of the memory.
///
/// A product of integers bounds the cosine: with x = x̂ + r, where x̂ are the integers of a vector and r is what they leave out, and the
/// same of the query q of length 1, |x·q − x̂·q̂| ≤ ‖r‖ + ‖x̂‖·‖q − q̂‖ (Cauchy and Schwarz). The vectors that the bound cannot exclude are
/// few, and these are scored in double precision: the answer is that of a ``VectorScan``.
struct CodedVectors: Sendable {
  private let vectors: Matrix<Float>
  private let bytes: ByteRows
  /// 1/‖x‖ of each vector, 0 for zeros.
  private let inverseNorms: [Double]
  /// Of each vector what its integers are multiplied by, and what they leave out, both over ‖x‖.
  private let scales, residuals: [Float]

  /// Codes the rows of `vectors` [N × d]. O(N·d).
  init(_ vectors: Matrix<Float>, threads: Threads) {
    self.vectors = vectors
    let bytes = ByteRows(vectors, threads: threads)
    self.bytes = bytes
    let inverseNorms = threads.mapBlocks(of: vectors.rows, by: 512) { rows in
      rows.map { vectors.row($0).inverseNorm }
    }.flatMap { $0 }
    self.inverseNorms = inverseNorms
    scales = zip(bytes.scales, inverseNorms).map { Float(Double($0) * $1) }
    residuals = zip(bytes.residuals, inverseNorms).map { Float($0 * $1) }
  }

  /// The `count` nearest to a query among some rows, nearest first, by the cosine, with all that score as the last does.
  func nearest(_ count: Int, among rows: [UInt32], to query: ScoredQuery) -> [Neighbour] {
    let integers = ByteRows.WideInteger(query.unit)
    let side = ProductBounds.Query(scale: integers.scale, leavingOut: integers.residual)
    let cosines = zip(rows, bytes.products(ofRows: rows, with: integers)).map { row, product in
      let row = Int(row)
      return (
        row: row, middle: Double(scales[row]) * side.scale * Double(product),
        margin: Double(residuals[row]) * side.share + side.base
      )
    }
    var likely = BestNeighbours(Wanted(count))
    for cosine in cosines { likely.offer(Neighbour(row: cosine.row, score: cosine.middle - cosine.margin)) }
    let floor = likely.settledThreshold
    // What is not a number excludes nothing.
    let rest = cosines.filter { !($0.middle + $0.margin < floor) }.map(\.row)
    let best = zip(rest, vectors.products(ofRows: rest, with: query.values)).map { row, product in
      Neighbour(row: row, score: product * inverseNorms[row] * query.inverseNorm)
    }.filter(\.score.isFinite).sorted()
    guard best.count > count else { return best }
    return Array(best.prefix { $0.score >= best[count - 1].score })
  }
}

extension ProductBounds.Query {
  /// The side of a query of length 1 in the bound of a cosine, ‖r‖ + ‖x̂‖·‖q − q̂‖, times a slope. ‖x̂‖ is at most ‖x‖ and what the integers
  /// leave out; there is some room for the rounding of floats.
  init(scale: Double, leavingOut residual: Double, slope: Double = 1) {
    let (rest, room) = (residual + 1e-6, slope * (1 + 1e-6))
    self.init(scale: scale * slope, share: (1 + rest) * room, base: rest * room)
  }
}
