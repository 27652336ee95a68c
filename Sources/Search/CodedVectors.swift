internal import LinearAlgebra

/// Vectors with their 8-bit integers, to find the nearest to one query by reading a quarter of the memory.
///
/// A product of integers bounds the cosine: with x = x̂ + r, where x̂ are the integers of a vector and r is what they leave out, and the
/// same of the query q of length 1, |x·q − x̂·q̂| ≤ ‖r‖ + ‖x̂‖·‖q − q̂‖ (Cauchy and Schwarz). The cosine bounds the score by any metric.
/// The vectors that the bound cannot exclude are few, and these are scored in double precision: the answer is that of a ``VectorScan``.
struct CodedVectors: Sendable {
  let vectors: Matrix<Float>
  let bytes: ByteRows
  /// ‖x‖ of each vector, and 1/‖x‖, 0 for zeros.
  private let measures: [(norm: Double, inverse: Double)]
  /// Of each vector what its integers are multiplied by, and what they leave out, both over ‖x‖.
  private let scales, residuals: [Float]
  /// What the keys of scores are made of on the vectors' side; empty where that is the cosine alone.
  private let sides: [ScoredQuery.Side]
  /// The vectors' side of the bound of a score.
  private let bounds: ProductBounds

  private static let blockRows = 512

  /// Codes the rows of `vectors` [N × d], which are to be searched by `metric`. O(N·d).
  init(_ vectors: Matrix<Float>, by metric: Metric, threads: Threads) {
    self.vectors = vectors
    let bytes = ByteRows(vectors, threads: threads)
    self.bytes = bytes
    let measures = threads.mapBlocks(of: vectors.rows, by: Self.blockRows) { rows in
      rows.map { row in
        let norm = vectors.row(row).norm
        return (norm: norm, inverse: norm.inverse)
      }
    }.flatMap { $0 }
    self.measures = measures
    scales = zip(bytes.scales, measures).map { Float(Double($0) * $1.inverse) }
    residuals = zip(bytes.residuals, measures).map { Float($0 * $1.inverse) }
    // By the cosine all are alike.
    sides =
      metric == .cosine
      ? [] : measures.map { ScoredQuery.Side(norm: $0.norm, columns: vectors.columns, metric: metric) }
    bounds = ProductBounds(
      scales: scales, rests: residuals, slopes: sides.map(\.slope), offsets: sides.map(\.offset))
  }

  /// The vectors nearest to a query, nearest first. To one of zeros all have the same direction, and few can be excluded.
  func nearest(_ wanted: Wanted, to query: ScoredQuery, threads: Threads) -> [Neighbour] {
    let integers = ByteRows.WideInteger(query.unit)
    let side = ProductBounds.One(integers, slope: query.slope)
    let cosines = ProductBounds.One(integers, slope: 1)
    @Sendable func score(_ row: Int) -> Double { self.score(of: row, to: query) }
    // The best of all are the same however the blocks are shared out.
    let found = threads.fold(
      blocks: (vectors.rows + Self.blockRows - 1) / Self.blockRows, lanes: threads.count,
      into: {
        (
          candidates: CandidateNeighbours(wanted, of: vectors.rows),
          places: [UInt32](repeating: 0, count: Self.blockRows)
        )
      }
    ) { found, block in
      let rows = block * Self.blockRows..<min(vectors.rows, (block + 1) * Self.blockRows)
      let products = bytes.products(rows, with: integers)
      let count = bounds.find(
        in: rows, of: products[...], reaching: query.floor(for: found.candidates.threshold), by: side,
        into: &found.places)
      for place in found.places[..<count] {
        let row = rows.lowerBound + Int(place)
        let (middle, margin) = cosine(of: row, product: products[Int(place)], by: cosines)
        let bounds = query.bounds(ofCosine: (middle - margin, middle + margin), norm: measures[row].norm)
        // What is no number excludes nothing.
        found.candidates.offer(
          row, bounds: bounds.least.isFinite && bounds.most.isFinite ? bounds : (-.infinity, .infinity),
          exactScore: score)
      }
    }
    let best = found.map { $0.candidates.best(exactScore: score) }.joined().sorted()
    return Array(best.prefix(wanted.count ?? best.count))
  }

  /// The `count` nearest to a query among some rows, nearest first, by the cosine, with all that score as the last does.
  func nearest(_ count: Int, among rows: [UInt32], to query: ScoredQuery) -> [Neighbour] {
    let integers = ByteRows.WideInteger(query.unit)
    let side = ProductBounds.One(integers, slope: 1)
    var likely = BestNeighbours(Wanted(count))
    let most = zip(rows, bytes.products(ofRows: rows, with: integers)).map { row, product in
      let (middle, margin) = cosine(of: Int(row), product: product, by: side)
      likely.offer(Neighbour(row: Int(row), score: middle - margin))
      return middle + margin
    }
    let floor = likely.settledThreshold
    var best: [Neighbour] = []
    // What is not a number excludes nothing.
    for (row, most) in zip(rows, most) where !(most < floor) {
      best.append(Neighbour(row: Int(row), score: score(of: Int(row), to: query)))
    }
    best.removeAll { !$0.score.isFinite }
    best.sort()
    guard best.count > count else { return best }
    return Array(best.prefix { $0.score >= best[count - 1].score })
  }

  /// The score of a vector, in double precision.
  func score(of row: Int, to query: ScoredQuery) -> Double {
    query.score(vectors.row(row), inverseNorm: measures[row].inverse)
  }

  /// The side of a vector in the bound of its score to many queries, but for an offset.
  func side(of row: Int) -> (bound: ProductBounds.One, offset: Double) {
    let side = sides.isEmpty ? ScoredQuery.Side.cosine : sides[row]
    return (
      ProductBounds.One(scale: Double(scales[row]), rest: Double(residuals[row]), slope: side.slope),
      side.offset
    )
  }

  /// The cosine of a vector by the product of its integers, and how far the true one may lie from that.
  private func cosine(
    of row: Int, product: Int32, by side: ProductBounds.One
  ) -> (middle: Double, margin: Double) {
    (Double(scales[row]) * side.scale * Double(product), Double(residuals[row]) * side.share + side.base)
  }
}

extension ProductBounds.One {
  /// The side of a query of length 1.
  fileprivate init(_ query: ByteRows.WideInteger, slope: Double) {
    self.init(scale: query.scale, rest: query.residual, slope: slope)
  }

  /// The side of a vector of length 1 in the bound of a cosine, times a slope, by what its integers leave out. ‖x̂‖ is at most ‖x‖ and what the
  /// integers leave out; there is room for the rounding of a dozen floats near 1.
  fileprivate init(scale: Double, rest: Double, slope: Double) {
    let (rest, room) = (rest + 2e-6, slope * (1 + 1e-6))
    self.init(scale: scale * slope, share: (1 + rest) * room, base: rest * room)
  }
}
