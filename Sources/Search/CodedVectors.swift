internal import LinearAlgebra

/// Vectors with their 8-bit integers, to find the nearest to one query by reading a quarter of the memory.
///
/// A product of integers bounds the cosine: with x = x̂ + r, where x̂ are the integers of a vector and r is what they leave out, and the
/// same of the query q of length 1, |x·q − x̂·q̂| ≤ ‖r‖ + ‖x̂‖·‖q − q̂‖ (Cauchy and Schwarz). The cosine bounds the score by any metric.
/// The vectors that the bound cannot exclude are few, and these are scored in double precision: the answer is that of a ``VectorScan``.
struct CodedVectors: Sendable {
  private let vectors: Matrix<Float>
  private let bytes: ByteRows
  private let norms: [Double]
  /// 1/‖x‖ of each vector, 0 for zeros.
  private let inverseNorms: [Double]
  /// Of each vector what its integers are multiplied by, and what they leave out, both over ‖x‖.
  private let scales, residuals: [Float]

  private static let blockRows = 2048

  /// Codes the rows of `vectors` [N × d]. O(N·d).
  init(_ vectors: Matrix<Float>, threads: Threads) {
    self.vectors = vectors
    let bytes = ByteRows(vectors, threads: threads)
    self.bytes = bytes
    let measured = threads.mapBlocks(of: vectors.rows, by: 512) { rows in
      rows.map { (norm: vectors.row($0).norm, inverse: vectors.row($0).inverseNorm) }
    }.flatMap { $0 }
    norms = measured.map(\.norm)
    inverseNorms = measured.map(\.inverse)
    scales = zip(bytes.scales, measured).map { Float(Double($0) * $1.inverse) }
    residuals = zip(bytes.residuals, measured).map { Float($0 * $1.inverse) }
  }

  /// The vectors nearest to a query, nearest first. To one of zeros all have the same direction, and few can be excluded.
  func nearest(_ wanted: Wanted, to query: ScoredQuery, threads: Threads) -> [Neighbour] {
    let integers = ByteRows.WideInteger(query.unit)
    let slope = query.slope
    @Sendable func score(_ row: Int) -> Double {
      query.score(vectors.row(row), inverseNorm: inverseNorms[row])
    }
    // The best of all are the same however the blocks are shared out.
    let found = threads.fold(
      blocks: (vectors.rows + Self.blockRows - 1) / Self.blockRows, lanes: threads.count,
      into: { CandidateNeighbours(wanted, of: vectors.rows) }
    ) { candidates, block in
      let rows = block * Self.blockRows..<min(vectors.rows, (block + 1) * Self.blockRows)
      for (row, product) in zip(rows, bytes.products(rows, with: integers)) {
        let middle = Double(scales[row]) * integers.scale * Double(product)
        let margin = self.margin(of: row, leavingOut: integers.residual)
        let side = ScoredQuery.Side(norm: norms[row], columns: vectors.columns, metric: query.metric)
        // What is not a number excludes nothing.
        if (middle + margin) * side.slope * slope + side.offset < query.floor(for: candidates.threshold) {
          continue
        }
        let bounds = query.bounds(ofCosine: (middle - margin, middle + margin), norm: norms[row])
        candidates.offer(
          row, bounds: bounds.least.isFinite && bounds.most.isFinite ? bounds : (-.infinity, .infinity),
          exactScore: score)
      }
    }
    let best = found.map { $0.best(exactScore: score) }.joined().sorted()
    return Array(best.prefix(wanted.count ?? best.count))
  }

  /// The `count` nearest to a query among some rows, nearest first, by the cosine, with all that score as the last does.
  func nearest(_ count: Int, among rows: [UInt32], to query: ScoredQuery) -> [Neighbour] {
    let integers = ByteRows.WideInteger(query.unit)
    let products = bytes.products(ofRows: rows, with: integers)
    let scores = zip(rows, products).map { row, product in
      let row = Int(row)
      let middle = Double(scales[row]) * integers.scale * Double(product)
      return (row: row, middle: middle, margin: margin(of: row, leavingOut: integers.residual))
    }
    var likely = BestNeighbours(Wanted(count))
    for score in scores { likely.offer(Neighbour(row: score.row, score: score.middle - score.margin)) }
    let floor = likely.settledThreshold
    // What is not a number excludes nothing.
    let rest = scores.filter { !($0.middle + $0.margin < floor) }.map(\.row)
    let best = zip(rest, vectors.products(ofRows: rest, with: query.values)).map { row, product in
      Neighbour(row: row, score: product * inverseNorms[row] * query.inverseNorm)
    }.filter(\.score.isFinite).sorted()
    guard best.count > count else { return best }
    return Array(best.prefix { $0.score >= best[count - 1].score })
  }

  /// How far a vector's cosine may lie from what the integers say, with some room for the rounding of floats: ‖x̂‖ is at most ‖x‖ and
  /// what the integers leave out.
  private func margin(of row: Int, leavingOut residual: Double) -> Double {
    let own = Double(residuals[row])
    return (own + (1 + own) * (residual + 1e-6)) * (1 + 1e-6)
  }
}
