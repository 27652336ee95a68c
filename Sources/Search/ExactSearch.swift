public import LinearAlgebra
internal import Synchronization

/// Exact nearest neighbours among the rows of a matrix, which its 8-bit integers choose for few queries and for many.
///
/// The answers are the same whatever the number of threads and whatever queries are asked together.
public final class ExactSearch: Sendable {
  /// What is searched [N × d].
  public let vectors: Matrix<Float>
  private let metric: Metric
  private let threads: Threads
  /// What is known of the vectors since queries were asked.
  private let coding = Mutex(Coding())

  private struct Coding {
    var wasAsked = false
    var coded: CodedVectors?
  }

  /// A search over the rows of `vectors` [N × d].
  public init(_ vectors: Matrix<Float>, by metric: Metric = .cosine, threads: Threads) {
    self.vectors = vectors
    self.metric = metric
    self.threads = threads
  }

  /// The rows that are wanted of each query [Q × d], nearest first; fewer only where there are fewer. O(Q·N·d). Rows that are not finite
  /// are nobody's neighbours.
  ///
  /// - Throws: ``SearchError`` when the dimensions differ, a query is not finite or nothing can be wanted so.
  public func nearest(_ wanted: Wanted, to queries: Matrix<Float>) throws(SearchError) -> [[Neighbour]] {
    guard queries.columns == vectors.columns || vectors.rows == 0 else {
      throw .dimension(queries: queries.columns, vectors: vectors.columns)
    }
    guard queries.rows < threads.count * Self.sharedQueries else {
      return try sharingQueries(wanted, nearestTo: queries)
    }
    let scan = try VectorScan(wanted, nearestTo: queries, by: metric)
    let isZero = scan.queries.contains { $0.inverseNorm == 0 }
    if queries.rows < Self.fewQueries, !isZero, let coded = codedVectors(forMany: false) {
      return scan.queries.map { coded.nearest(wanted, to: $0, threads: threads) }
    }
    let (blocks, coded) = (blocks, scan.takesIntegers ? codedVectors(forMany: true) : nil)
    // The best of all are the same however the blocks are shared out.
    let findings = threads.fold(
      blocks: blocks.count, lanes: 2 * threads.count, into: { scan.nothing }
    ) { findings, block in
      look(scan, at: blocks[block], of: coded, into: &findings)
    }
    return scan.answers(findings)
  }

  /// The same, where each worker takes some of the queries. Workers that share the vectors instead each learn from their own alone what is
  /// near, and so score several times as many in double precision.
  private func sharingQueries(
    _ wanted: Wanted, nearestTo queries: Matrix<Float>
  ) throws(SearchError) -> [[Neighbour]] {
    let turns = (queries.rows + threads.count * Self.sharedQueries - 1) / (threads.count * Self.sharedQueries)
    let parts = turns * threads.count
    var scans: [VectorScan] = []
    for part in 0..<parts {
      let own = part * queries.rows / parts..<(part + 1) * queries.rows / parts
      do {
        scans.append(try VectorScan(wanted, nearestTo: queries.rows(at: own), by: metric))
      } catch .notFinite(let query) {
        throw .notFinite(query: own.lowerBound + query)
      }
    }
    let (blocks, coded) = (
      blocks, scans.contains(where: \.takesIntegers) ? codedVectors(forMany: true) : nil
    )
    return threads.map(parts) { [scans] part in
      var findings = scans[part].nothing
      for rows in blocks {
        look(scans[part], at: rows, of: coded, into: &findings)
      }
      return scans[part].answers([findings])
    }.flatMap { $0 }
  }

  private func look(
    _ scan: VectorScan, at rows: Range<Int>, of coded: CodedVectors?, into findings: inout VectorScan.Findings
  ) {
    if let coded {
      scan.look(at: rows, of: coded, numbered: Array(rows), into: &findings)
    } else {
      scan.look(at: rows, of: vectors, numbered: Array(rows), into: &findings)
    }
  }

  private var blocks: [Range<Int>] {
    stride(from: 0, to: vectors.rows, by: Self.blockRows).map {
      $0..<min(vectors.rows, $0 + Self.blockRows)
    }
  }

  /// The coded vectors, for few queries from the second time on: to make them costs about as much as to scan for a dozen queries, and many
  /// searches are asked once.
  private func codedVectors(forMany isMany: Bool) -> CodedVectors? {
    coding.withLock { coding in
      if isMany || coding.wasAsked, coding.coded == nil {
        coding.coded = CodedVectors(vectors, by: metric, threads: threads)
      }
      coding.wasAsked = true
      return coding.coded
    }
  }

  /// From so many queries on, products of floats are faster than one query's after the other's.
  private static let fewQueries = 6
  /// So many queries at least keep a worker busy while it looks at all vectors: as many as a scan takes together.
  private static let sharedQueries = VectorScan.groupSize
  /// Few enough rows that they stay in cache while every group of queries meets them.
  private static let blockRows = 256
}
