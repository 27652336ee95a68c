public import LinearAlgebra

/// Queries that vectors are shown to, block by block, to find each query's nearest.
///
/// Float products of a block with all queries come first. Their error has a bound, so those that they cannot exclude are few, and
/// these are scored in double precision at once. The answer is the exact top of the double-precision scores, ties in the order of
/// the rows, however the vectors are cut into blocks and whatever queries are asked together.
public struct VectorScan: Sendable {
  /// What was found so far, by one of those who look.
  public struct Findings: Sendable {
    fileprivate var best: [BestNeighbours]
    /// What the key of a vector must reach to be among the best of each query.
    fileprivate var floors: [Double]
  }

  /// Queries whose scores stand beside one another: few enough that a block of them stays in cache.
  private struct Group {
    let queries: Range<Int>
    /// Of length 1, so that a product is the cosine times the vector's norm.
    let units: PackedMatrix
  }

  private static let groupSize = 256

  private let wanted: Wanted
  private let metric: Metric
  private let columns: Int
  let queries: [ScoredQuery]
  private let slopes: [Double]
  private let groups: [Group]

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
      let group = start..<min(queries.rows, start + Self.groupSize)
      let units = scored[group].flatMap { $0.unit.map { Float($0) } }
      return Group(
        queries: group,
        units: PackedMatrix(
          Matrix(rows: group.count, columns: queries.columns, elements: units), transposed: true))
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
      var products = Matrix<Float>(rows: rows.count, columns: group.queries.count)
      group.units.multiply(vectors, rows: rows, into: &products, rows: 0..<rows.count)
      for (local, (row, number)) in zip(rows, numbers).enumerated() {
        let length = lengths[local]
        var inverseNorm: Double?
        for (column, query) in group.queries.enumerated() {
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
