public import LinearAlgebra
internal import Synchronization

/// The nearest other rows of every row of a matrix by cosine, exact: what an ``ExactSearch`` with all rows as queries finds, at a small
/// part of the cost.
///
/// Float products leave few pairs of rows that may be near (see `RowPairs`); only these are scored in double precision. The answers
/// are the same bits on any number of threads.
public struct NeighbourJoin: Sendable {
  private let pairs: RowPairs
  private let groups: [Int]
  private let threads: Threads

  /// A join of the rows of `vectors` [N × d] with each other. Rows of the same group [N] are not each other's neighbours; nil if
  /// every row is a group of its own.
  ///
  /// - Throws: ``SearchError/notFinite(query:)``.
  public init(_ vectors: Matrix<Float>, groups: [Int]? = nil, threads: Threads) throws(SearchError) {
    precondition(groups.map { $0.count == vectors.rows } ?? true, "one group a row")
    pairs = try RowPairs(vectors, threads: threads)
    self.groups = groups ?? Array(0..<vectors.rows)
    self.threads = threads
  }

  /// The `count` nearest rows of other groups of each row, nearest first; fewer only where there are fewer. O(N²·d).
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - progress: Told now and then which share of the pairs of rows is done.
  /// - Returns: The neighbours of each row.
  /// - Throws: ``SearchError/count(_:)`` when `count` is less than 1.
  public func nearest(
    _ count: Int, telling progress: @Sendable (Double) -> Void = { _ in }
  ) throws(SearchError) -> [[Neighbour]] {
    guard count >= 1 else { throw .count(count) }
    let blocks = pairs.blocks.map { BlockNeighbours(min(count, pairs.rows), of: $0, in: pairs) }
    pairs.forEach(reaching: { blocks[$0].floors }, telling: progress) { one, other, hits in
      let apart = hits.lazy.filter { groups[$0.row] != groups[$0.other] }
      blocks[one].offer(apart.map { ($0.row, $0.other, $0.score) })
      blocks[other].offer(apart.map { ($0.other, $0.row, $0.score) })
    }
    return threads.map(blocks.count) { blocks[$0].answers }.flatMap { $0 }
  }
}

/// What was found so far of the neighbours of some rows.
private final class BlockNeighbours: Sendable {
  private let rows: Range<Int>
  private let pairs: RowPairs
  private let found: Mutex<[CandidateNeighbours]>

  init(_ count: Int, of rows: Range<Int>, in pairs: RowPairs) {
    (self.rows, self.pairs) = (rows, pairs)
    found = Mutex(Array(repeating: CandidateNeighbours(count: count), count: rows.count))
  }

  /// For each row the score below which none can be among its best.
  var floors: [Float] { found.withLock { $0.map { pairs.floor(of: $0.threshold) } } }

  func offer(_ neighbours: some Sequence<(row: Int, neighbour: Int, score: Float)>) {
    found.withLock { found in
      for (row, neighbour, score) in neighbours {
        let bounds = (least: Double(score) - pairs.margin, most: Double(score) + pairs.margin)
        found[row - rows.lowerBound].offer(neighbour, bounds: bounds) { pairs.cosine(row, $0) }
      }
    }
  }

  var answers: [[Neighbour]] {
    found.withLock { found in
      zip(rows, found).map { row, candidates in candidates.best { pairs.cosine(row, $0) } }
    }
  }
}
