public import LinearAlgebra

/// Exact nearest neighbours by cosine.
///
/// A first pass takes float products of all rows with all queries, block by block. Its error has a bound, so the rows that it
/// cannot exclude are few; those are scored again in double precision. The answer is the exact top k of the double-precision
/// scores, ties in the order of the rows, whatever the number of threads and whatever queries are asked together.
public struct ExactSearch: Sendable {
  private let vectors: Matrix<Float>
  /// 1/‖x‖ of each row, 0 for a row of zeros.
  private let inverseNorms: [Double]
  private let threads: Threads

  /// A search over the rows of `vectors` [N × d]. O(N·d).
  public init(_ vectors: Matrix<Float>, threads: Threads) {
    self.vectors = vectors
    self.threads = threads
    let blocks = Self.blocks(vectors.rows)
    inverseNorms = threads.map(blocks.count) { block in
      blocks[block].map { Self.inverseNorm(vectors.row($0)) }
    }.flatMap { $0 }
  }

  /// The `count` nearest rows of each query [Q × d], nearest first; fewer only where there are fewer rows. O(Q·N·d).
  ///
  /// - Throws: ``SearchError`` when the dimensions differ, a query is not finite or `count` is less than 1.
  public func nearest(_ count: Int, to queries: Matrix<Float>) throws(SearchError) -> [[Neighbour]] {
    guard count >= 1 else { throw .count(count) }
    guard queries.columns == vectors.columns || vectors.rows == 0 else {
      throw .dimension(queries: queries.columns, vectors: vectors.columns)
    }
    for query in 0..<queries.rows where !queries.row(query).allSatisfy(\.isFinite) {
      throw .notFinite(query: query)
    }
    let count = min(count, vectors.rows)
    // Queries are taken in groups, so that a block of scores stays in cache.
    return stride(from: 0, to: queries.rows, by: Self.queryGroup).flatMap { start in
      let group = start..<min(queries.rows, start + Self.queryGroup)
      return nearest(count, among: queries.rows(at: group))
    }
  }

  private static let blockRows = 1024
  private static let queryGroup = 256

  private static func blocks(_ rows: Int) -> [Range<Int>] {
    stride(from: 0, to: rows, by: blockRows).map { $0..<min(rows, $0 + blockRows) }
  }

  private static func inverseNorm(_ vector: ArraySlice<Float>) -> Double {
    let square = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
    return square > 0 ? 1 / square.squareRoot() : 0
  }

  private func nearest(_ count: Int, among queries: Matrix<Float>) -> [[Neighbour]] {
    // Unit queries: a product is then the cosine times the row's norm.
    var units = queries
    for query in 0..<queries.rows {
      let factor = Self.inverseNorm(queries.row(query))
      units.setRow(query, to: queries.row(query).map { Float(Double($0) * factor) })
    }
    let packed = PackedMatrix(units, transposed: true)
    let blocks = Self.blocks(vectors.rows)

    // Each lane keeps the candidates of its blocks; together they hold all that can be in the answer.
    let lanes = threads.fold(
      blocks: blocks.count, lanes: 2 * threads.count,
      into: { [Candidates](repeating: Candidates(count: count, margin: margin), count: queries.rows) }
    ) { candidates, block in
      let rows = blocks[block]
      var scores = Matrix<Float>(rows: rows.count, columns: queries.rows)
      packed.multiply(vectors, rows: rows, into: &scores, rows: 0..<rows.count)
      for (local, row) in rows.enumerated() {
        let scale = Float(inverseNorms[row])
        for query in candidates.indices { candidates[query].offer(scores[local, query] * scale, row: row) }
      }
    }
    return threads.map(queries.rows) { query in
      let rows = lanes.reduce(into: Candidates(count: count, margin: margin)) { merged, lane in
        for candidate in lane[query].kept { merged.offer(candidate.score, row: candidate.row) }
      }.best().map(\.row)
      return Array(rows.map { exactNeighbour(row: $0, of: queries.row(query)) }.sorted().prefix(count))
    }
  }

  /// How far a score of the first pass may lie from the true one: the products' rounding, at most d·2⁻²⁴ of the norms (Higham,
  /// Accuracy and Stability of Numerical Algorithms, 3.1), and that of the two scalings.
  private var margin: Float {
    Float(vectors.columns + 8) * 0x1p-24 * 1.01
  }

  private func exactNeighbour(row: Int, of query: ArraySlice<Float>) -> Neighbour {
    let product = zip(vectors.row(row), query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    return Neighbour(row: row, score: product * inverseNorms[row] * Self.inverseNorm(query))
  }
}
