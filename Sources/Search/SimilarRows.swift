public import LinearAlgebra
internal import Synchronization

/// The groups of rows of a matrix that are like one another by cosine, exact: a row belongs to a group with every row that it reaches
/// through rows of which each is like the next.
///
/// Float products leave few pairs that are near the threshold (see `RowPairs`); only these are scored in double precision, and of
/// these only those whose rows are not in one group already. Pairs are not kept, so that memory is O(N) beside the vectors, however many
/// there are. The groups are the same on any number of threads.
public struct SimilarRows: Sendable {
  private let pairs: RowPairs

  /// The rows of `vectors` [N × d].
  ///
  /// - Throws: ``SearchError/notFinite(query:)``.
  public init(_ vectors: Matrix<Float>, threads: Threads) throws(SearchError) {
    pairs = try RowPairs(vectors, threads: threads)
  }

  /// The groups of at least two rows by pairs whose cosine, in double precision, is `threshold` or more. O(N²·d).
  ///
  /// - Parameters:
  ///   - threshold: How near two rows must be.
  ///   - progress: Told now and then which share of the pairs of rows is done.
  /// - Returns: The rows of each group, ascending; the groups by their first rows.
  /// - Throws: ``SearchError/threshold(_:)`` when the threshold is not finite.
  public func groups(
    reaching threshold: Double, telling progress: @Sendable (Double) -> Void = { _ in }
  ) throws(SearchError) -> [[Int]] {
    guard threshold.isFinite else { throw .threshold(threshold) }
    let (blocks, floor) = (pairs.blocks, pairs.floor(of: threshold))
    let certain = threshold + pairs.margin
    let union = Mutex(DisjointRows(pairs.rows))
    pairs.forEach(
      reaching: { [Float](repeating: floor, count: blocks[$0].count) }, telling: progress
    ) { _, _, hits in
      union.withLock { union in
        for hit in hits where !union.areTogether(hit.row, hit.other) {
          if Double(hit.score) >= certain || pairs.cosine(hit.row, hit.other) >= threshold {
            union.unite(hit.row, hit.other)
          }
        }
      }
    }
    return union.withLock { $0.groups }
  }

  /// The cosine of two rows, in double precision.
  public func cosine(_ row: Int, _ other: Int) -> Double { pairs.cosine(row, other) }
}
