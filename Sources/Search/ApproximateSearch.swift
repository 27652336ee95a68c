public import LinearAlgebra

/// Nearest neighbours by cosine among the rows of a matrix, of which codes choose a few hundred: those are scored in double precision, as an
/// ``ExactSearch`` would, and only a neighbour that the codes miss is missing.
///
/// The answers are the same whatever the number of threads and whatever queries are asked together.
public struct ApproximateSearch: Sendable {
  private let vectors: CodedVectors
  private let count: Int
  private let codes: [PackedCodes]
  /// The row of the first vector of each block of codes.
  private let starts: [Int]
  private let quantizer: ProductQuantizer
  private let depth: SearchDepth
  private let threads: Threads

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
    (self.vectors, count) = (CodedVectors(vectors, by: .cosine, threads: threads), vectors.rows)
    (self.codes, self.quantizer) = (codes, quantizer)
    (self.depth, self.threads) = (depth, threads)
  }

  /// The `count` nearest rows of each query [Q × d] that the codes find, nearest first. With `keepingTies`, all that score as the last does
  /// come too.
  ///
  /// - Throws: ``SearchError`` when the dimensions differ, a query is not finite or `count` is less than 1.
  public func nearest(
    _ count: Int, to queries: Matrix<Float>, keepingTies: Bool = false
  ) throws(SearchError) -> [[Neighbour]] {
    guard count >= 1 else { throw .count(count) }
    let candidates = min(depth.candidates(for: count), max(1, self.count))
    var answers: [[Neighbour]] = []
    for start in stride(from: 0, to: queries.rows, by: Self.queriesAtOnce) {
      let slab = queries.rows(at: start..<min(queries.rows, start + Self.queriesAtOnce))
      let scan = try CodeScan(candidates, nearestTo: slab, by: quantizer)
      let findings = threads.fold(blocks: codes.count, lanes: threads.count, into: { scan.nothing }) {
        findings, block in
        scan.look(at: codes[block], from: starts[block], into: &findings)
      }
      let promising = scan.rows(findings)
      answers += threads.map(slab.rows) {
        let best = vectors.nearest(count, among: promising[$0], to: ScoredQuery(slab.row($0), by: .cosine))
        return keepingTies ? best : Array(best.prefix(count))
      }
    }
    return answers
  }
}
