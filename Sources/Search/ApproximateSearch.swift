public import LinearAlgebra

/// Nearest neighbours by cosine among the rows of a matrix, of which codes choose a few hundred: those are scored in double precision, as an
/// ``ExactSearch`` would, and only a neighbour that the codes miss is missing.
///
/// The answers are the same whatever the number of threads and whatever queries are asked together.
public struct ApproximateSearch: Sendable {
  private let vectors: Matrix<Float>
  private let codes: [PackedCodes]
  /// The row of the first vector of each block of codes.
  private let starts: [Int]
  private let quantizer: ProductQuantizer
  private let depth: SearchDepth
  private let threads: Threads
  private let inverseNorms: [Double]

  /// So many queries are asked at once; more take memory.
  private static let queriesAtOnce = 256

  /// A search over the rows of `vectors` [N × d], whose `codes` by `quantizer` stand block behind block in the same order.
  public init(
    _ vectors: Matrix<Float>, codes: [PackedCodes], by quantizer: ProductQuantizer, depth: SearchDepth,
    threads: Threads
  ) {
    precondition(codes.reduce(0) { $0 + $1.count } == vectors.rows, "every vector has its codes")
    var end = 0
    starts = codes.map { codes in
      end += codes.count
      return end - codes.count
    }
    (self.vectors, self.codes, self.quantizer) = (vectors, codes, quantizer)
    (self.depth, self.threads) = (depth, threads)
    inverseNorms = threads.mapBlocks(of: vectors.rows, by: 512) { rows in
      rows.map { vectors.row($0).inverseNorm }
    }.flatMap { $0 }
  }

  /// The `count` nearest rows of each query [Q × d] that the codes find, nearest first; those that `isWanted` does not want are left out.
  ///
  /// - Throws: ``SearchError`` when the dimensions differ, a query is not finite or `count` is less than 1.
  public func nearest(
    _ count: Int, to queries: Matrix<Float>, where isWanted: (@Sendable (Int) -> Bool)? = nil
  ) throws(SearchError) -> [[Neighbour]] {
    guard count >= 1 else { throw .count(count) }
    let candidates = min(depth.candidates(for: count), max(1, vectors.rows))
    var answers: [[Neighbour]] = []
    for start in stride(from: 0, to: queries.rows, by: Self.queriesAtOnce) {
      let slab = queries.rows(at: start..<min(queries.rows, start + Self.queriesAtOnce))
      let scan = try CodeScan(candidates, nearestTo: slab, by: quantizer)
      let findings = threads.fold(blocks: codes.count, lanes: threads.count, into: { scan.nothing }) {
        findings, block in
        scan.look(at: codes[block], from: starts[block], into: &findings, where: isWanted)
      }
      let promising = scan.rows(findings)
      answers += threads.map(slab.rows) { best(count, of: promising[$0], to: slab.row($0)) }
    }
    return answers
  }

  /// The best of some rows: float products of all first, and those that these cannot exclude in double precision.
  private func best(_ count: Int, of rows: [UInt32], to query: ArraySlice<Float>) -> [Neighbour] {
    let inverseNorm = query.inverseNorm
    let scores = zip(rows, vectors.products(ofRows: rows, with: query)).map { row, product in
      Neighbour(row: Int(row), score: Double(product) * inverseNorms[Int(row)] * inverseNorm)
    }
    var likely = BestNeighbours(Wanted(count))
    // What overflowed is no number, and excludes nothing.
    for neighbour in scores where neighbour.score.isFinite { likely.offer(neighbour) }
    let floor = likely.settledThreshold - 2 * VectorScan.margin(columns: query.count)
    var best = BestNeighbours(Wanted(count))
    for (row, score) in scores.lazy.map({ ($0.row, $0.score) }) where !(score < floor) {
      best.offer(
        Neighbour(
          row: row, score: vectors.row(row).product(with: query) * inverseNorms[row] * inverseNorm))
    }
    return best.sorted()
  }
}
