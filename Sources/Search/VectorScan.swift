public import LinearAlgebra

/// Queries that vectors are shown to, block by block, to find each query's nearest.
///
/// Products of a block with all queries come first, of 16-bit integers where there are many. Their error has a bound, so those that they
/// cannot exclude are few, and these are scored in double precision at once. The answer is the exact top of the double-precision scores, ties in the order of
/// the rows, however the vectors are cut into blocks and whatever queries are asked together.
public struct VectorScan: Sendable {
  /// What was found so far, by one of those who look.
  public struct Findings: Sendable {
    fileprivate var best: [BestNeighbours]
    /// What the key of a vector must reach to be among the best of each query.
    fileprivate var floors: [Double]
  }

  private static let groupSize = 256

  private let wanted: Wanted
  private let metric: Metric
  private let columns: Int
  let queries: [ScoredQuery]
  private let slopes: [Double]
  private let groups: [QueryGroup]

  /// A scan for the neighbours wanted of each query [Q × d].
  ///
  /// - Throws: ``SearchError`` when a query is not finite or nothing can be wanted so.
  public init(
    _ wanted: Wanted, nearestTo queries: Matrix<Float>, by metric: Metric = .cosine
  ) throws(SearchError) {
    try wanted.check()
    for query in 0..<queries.rows where !queries.row(query).allSatisfy(\.isFinite) {
      throw .notFinite(query: query)
    }
    (self.wanted, self.metric, columns) = (wanted, metric, queries.columns)
    let scored = (0..<queries.rows).map { ScoredQuery(queries.row($0), by: metric) }
    self.queries = scored
    slopes = scored.map(\.slope)
    groups = stride(from: 0, to: queries.rows, by: Self.groupSize).map { start in
      QueryGroup(scored[start..<min(queries.rows, start + Self.groupSize)], columns: queries.columns)
    }
  }

  /// What is found where nobody has looked yet.
  public var nothing: Findings {
    let best = BestNeighbours(wanted)
    return Findings(
      best: Array(repeating: best, count: queries.count),
      floors: queries.map { $0.floor(for: best.threshold) })
  }

  /// Looks at the `rows` of `vectors` [· × d], which the answers know by `numbers`. O(Q·d) a row.
  public func look(
    at rows: Range<Int>, of vectors: Matrix<Float>, numbered numbers: [Int], into findings: inout Findings
  ) {
    precondition(vectors.columns == columns, "vectors are as long as the queries")
    let lengths = rows.map { Length(vectors.row($0), metric: metric) }
    for group in groups {
      let (products, roundings) = group.products(of: vectors, rows: rows)
      for (local, (row, number)) in zip(rows, numbers).enumerated() {
        let length = lengths[local]
        var inverseNorm: Double?
        // ‖r‖ + ‖x̂‖·‖q − q̂‖, as in CodedVectors, and what floats round.
        let own = Double(roundings?[local] ?? 0) * rootOfColumns * length.inverse
        for (column, query) in group.queries.enumerated() {
          let margin = margin + own + (1 + own) * group.rests[column]
          let most = (Double(products[local, column]) * length.inverse + margin) * length.side.slope
          if most * slopes[query] + length.side.offset < findings.floors[query] { continue }
          let vector = vectors.row(row)
          // What is near one query is often near others.
          let inverse = inverseNorm ?? vector.inverseNorm
          inverseNorm = inverse
          let score = queries[query].score(vector, inverseNorm: inverse)
          findings.best[query].offer(Neighbour(row: number, score: score))
          findings.floors[query] = queries[query].floor(for: findings.best[query].threshold)
        }
      }
    }
  }

  /// The answer to each query, nearest first, from all that was found.
  public func answers(_ findings: [Findings]) -> [[Neighbour]] {
    queries.indices.map { query in
      findings.reduce(into: BestNeighbours(wanted)) { $0.offer($1.best[query]) }.sorted()
    }
  }

  private var margin: Double { Self.margin(columns: columns) }
  private var rootOfColumns: Double { Double(columns).squareRoot() }

  /// How far a float cosine may lie from the true one: the products' rounding, at most d·2⁻²⁴ of the norms (Higham, Accuracy and
  /// Stability of Numerical Algorithms, 3.1), and that of the two scalings.
  static func margin(columns: Int) -> Double {
    Double(columns + 8) * 0x1p-24 * 1.01
  }
}

/// What the length of a vector makes of its products with units.
private struct Length {
  let inverse: Double
  let side: ScoredQuery.Side

  init(_ vector: ArraySlice<Float>, metric: Metric) {
    let norm = vector.quickNorm
    // Float products of the shortest and longest vectors are no measure; what is not a number excludes nothing.
    inverse = norm == 0 ? 0 : (1e-30...1e30).contains(norm) ? 1 / norm : .nan
    side = ScoredQuery.Side(norm: norm, columns: vector.count, metric: metric)
  }
}
