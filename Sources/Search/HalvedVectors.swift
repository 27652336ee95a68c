internal import LinearAlgebra

/// Vectors with their 4-bit integers, to find the nearest to one query by reading an eighth of the memory, and some of another.
///
/// The bound of ``CodedVectors`` by the first integers is wide, but excludes most; of the others it is taken again with the second. A bound of
/// the cosine bounds the score by any metric.
struct HalvedVectors: Sendable {
  private let vectors: Matrix<Float>
  private let halves: HalfByteRows
  private let bounds: ProductBounds
  /// ‖x‖ of each vector, and 1/‖x‖, 0 for zeros.
  private let measures: [(norm: Double, inverse: Double)]

  private static let blockRows = 512

  /// Codes the rows of `vectors` [N × d], which are to be searched by `metric`. O(N·d).
  init(_ vectors: Matrix<Float>, by metric: Metric, threads: Threads) {
    self.vectors = vectors
    let halves = HalfByteRows(vectors, threads: threads)
    self.halves = halves
    let measures = threads.mapBlocks(of: vectors.rows, by: 512) { rows in
      rows.map { (norm: vectors.row($0).norm, inverse: vectors.row($0).inverseNorm) }
    }.flatMap { $0 }
    self.measures = measures
    // By the cosine all are alike.
    let sides =
      metric == .cosine
      ? []
      : measures.map { ScoredQuery.Side(norm: $0.norm, columns: vectors.columns, metric: metric) }
    bounds = ProductBounds(
      scales: zip(halves.firsts.scales, measures).map { Float(Double($0) * $1.inverse) },
      rests: zip(halves.firsts.residuals, measures).map { Float($0 * $1.inverse) },
      slopes: sides.map(\.slope), offsets: sides.map(\.offset))
  }

  /// The vectors nearest to a query, nearest first. To one of zeros all have the same direction, and few can be excluded.
  func nearest(_ wanted: Wanted, to query: ScoredQuery, threads: Threads) -> [Neighbour] {
    let integers = HalfByteRows.ByteInteger(query.unit)
    let side = ProductBounds.Query(
      scale: integers.scale, leavingOut: integers.residual, slope: query.slope)
    @Sendable func score(_ row: Int) -> Double {
      query.score(vectors.row(row), inverseNorm: measures[row].inverse)
    }
    // The best of all are the same however the blocks are shared out.
    let found = threads.fold(
      blocks: (vectors.rows + Self.blockRows - 1) / Self.blockRows, lanes: threads.count,
      into: { CandidateNeighbours(wanted, of: vectors.rows) }
    ) { candidates, block in
      let rows = block * Self.blockRows..<min(vectors.rows, (block + 1) * Self.blockRows)
      let firsts = halves.firsts.products(rows, with: integers)
      let likely = bounds.rows(
        rows, of: firsts, reaching: query.floor(for: candidates.threshold), by: side)
      // Many are read sooner one after the other, with those between them.
      let isFew = likely.count < rows.count / 8
      let seconds =
        isFew
        ? halves.seconds.products(ofRows: likely, with: integers)
        : halves.seconds.products(rows, with: integers)
      for (place, row) in likely.enumerated() {
        let row = Int(row)
        let own = row - rows.lowerBound
        let cosine = cosine(of: row, firsts[own], seconds[isFew ? place : own], with: integers)
        let bounds = query.bounds(ofCosine: cosine, norm: measures[row].norm)
        // What is no number excludes nothing.
        candidates.offer(
          row, bounds: bounds.least.isFinite && bounds.most.isFinite ? bounds : (-.infinity, .infinity),
          exactScore: score)
      }
    }
    let best = found.map { $0.best(exactScore: score) }.joined().sorted()
    return Array(best.prefix(wanted.count ?? best.count))
  }

  /// Between what the cosine of a row lies, by the products of both halves of it.
  private func cosine(
    of row: Int, _ first: Int32, _ second: Int32, with query: HalfByteRows.ByteInteger
  ) -> (least: Double, most: Double) {
    let inverse = measures[row].inverse
    let side = ProductBounds.Query(scale: query.scale, leavingOut: query.residual)
    let product =
      Double(halves.firsts.scales[row]) * Double(first) + Double(halves.seconds.scales[row]) * Double(second)
    let (middle, margin) = (
      product * side.scale * inverse, halves.seconds.residuals[row] * inverse * side.share + side.base
    )
    return (middle - margin, middle + margin)
  }
}
