public import LinearAlgebra

/// Queries that vectors are shown to, block by block, to find each query's nearest.
///
/// Products of a block with all queries come first: of floats, or of 8-bit integers where there are many. Their error has a bound, so those
/// that they cannot exclude are few, and these are scored in double precision at once. The answer is the exact top of the double-precision
/// scores, ties in the order of the rows, however the vectors are cut into blocks and whatever queries are asked together.
public struct VectorScan: Sendable {
  /// What was found so far, by one of those who look.
  public struct Findings: Sendable {
    fileprivate var best: [BestNeighbours]
    /// What the key of a vector must reach to be among the best of each query.
    fileprivate var floors: [Double]
    /// The bounds of each group's queries, with these floors.
    fileprivate var bounds: [ProductBounds]
    fileprivate var places = [UInt32](repeating: 0, count: VectorScan.groupSize)
  }

  private enum Units: Sendable {
    case floats(PackedMatrix)
    case integers([QueryGroup])
  }

  /// Few enough that their products with a block of vectors stay in cache.
  static let groupSize = 256
  /// From so many queries on it pays to take the vectors in integers.
  private static let manyQueries = 32

  private let wanted: Wanted
  private let metric: Metric
  private let columns: Int
  let queries: [ScoredQuery]
  /// The queries at length 1.
  private let units: Units

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
    let units = Matrix(
      rows: queries.rows, columns: queries.columns, elements: scored.flatMap { $0.unit.map { Float($0) } })
    guard queries.rows >= Self.manyQueries, queries.columns <= PackedBytes.mostValues else {
      self.units = .floats(PackedMatrix(units, transposed: true))
      return
    }
    self.units = .integers(
      stride(from: 0, to: queries.rows, by: Self.groupSize).map { start in
        let group = start..<min(queries.rows, start + Self.groupSize)
        return QueryGroup(
          group, units: units.rows(at: group), slopes: metric == .cosine ? [] : scored[group].map(\.slope))
      })
  }

  /// Whether vectors are looked at by their integers.
  var takesIntegers: Bool {
    if case .integers = units { true } else { false }
  }

  /// What is found where nobody has looked yet.
  public var nothing: Findings {
    let best = BestNeighbours(wanted)
    let floors = queries.map { $0.floor(for: best.threshold) }
    let bounds =
      if case .integers(let groups) = units {
        groups.map { group in
          var bounds = group.bounds
          bounds.floors = floors[group.queries].map(Self.roundedDown)
          return bounds
        }
      } else { [ProductBounds]() }
    return Findings(best: Array(repeating: best, count: queries.count), floors: floors, bounds: bounds)
  }

  /// Looks at the `rows` of `vectors` [· × d], which the answers know by `numbers`. O(Q·d) a row.
  public func look(
    at rows: Range<Int>, of vectors: Matrix<Float>, numbered numbers: [Int], into findings: inout Findings
  ) {
    precondition(vectors.columns == columns, "vectors are as long as the queries")
    switch units {
    case .floats(let units):
      var products = Matrix<Float>(rows: rows.count, columns: queries.count)
      units.multiply(vectors, rows: rows, into: &products, rows: 0..<rows.count)
      let slopes = queries.map(\.slope)
      for (local, (row, number)) in zip(rows, numbers).enumerated() {
        let vector = vectors.row(row)
        let length = Length(vector, metric: metric)
        for query in queries.indices {
          let most = (Double(products[local, query]) * length.scale + margin) * length.side.slope
          if most * slopes[query] + length.side.offset < findings.floors[query] { continue }
          findings.offer(
            number, score: queries[query].score(vector, inverseNorm: length.inverseNorm), to: query, of: self)
        }
      }
    case .integers:
      let block = rows == 0..<vectors.rows ? vectors : vectors.rows(at: rows)
      let coded = CodedVectors(block, by: metric, threads: Threads(1))
      look(at: 0..<rows.count, of: coded, numbered: numbers, into: &findings)
    }
  }

  /// The same where the vectors are in integers already.
  func look(
    at rows: Range<Int>, of vectors: CodedVectors, numbered numbers: [Int], into findings: inout Findings
  ) {
    precondition(vectors.bytes.columns == columns, "vectors are as long as the queries")
    guard case .integers(let groups) = units else {
      return look(at: rows, of: vectors.vectors, numbered: numbers, into: &findings)
    }
    for (index, group) in groups.enumerated() {
      let products = group.units.products(rows, of: vectors.bytes)
      for (local, (row, number)) in zip(rows, numbers).enumerated() {
        let (side, offset) = vectors.side(of: row)
        let found = findings.bounds[index].find(
          in: 0..<group.queries.count, of: products.row(local), reaching: -offset, by: side,
          into: &findings.places)
        for place in findings.places[..<found] {
          let query = group.queries.lowerBound + Int(place)
          let floor = findings.offer(
            number, score: vectors.score(of: row, to: queries[query]), to: query, of: self)
          findings.bounds[index].floors[Int(place)] = Self.roundedDown(floor)
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

  private static func roundedDown(_ floor: Double) -> Float { Float(floor).nextDown }

  private var margin: Double { Self.margin(columns: columns) }

  /// How far a float cosine may lie from the true one: the products' rounding, at most d·2⁻²⁴ of the norms (Jeannerod and Rump 2013,
  /// Improved error bounds for inner products in floating-point arithmetic), and that of the two scalings.
  static func margin(columns: Int) -> Double {
    Double(columns + 8) * 0x1p-24 * 1.01
  }
}

extension VectorScan.Findings {
  /// Considers a neighbour of a query, and returns what keys must reach from now on.
  @discardableResult
  fileprivate mutating func offer(_ number: Int, score: Double, to query: Int, of scan: VectorScan) -> Double
  {
    best[query].offer(Neighbour(row: number, score: score))
    floors[query] = scan.queries[query].floor(for: best[query].threshold)
    return floors[query]
  }
}

/// What the length of a vector makes of its products with units.
private struct Length {
  /// What makes cosines of the products.
  let scale: Double
  let inverseNorm: Double
  let side: ScoredQuery.Side

  init(_ vector: ArraySlice<Float>, metric: Metric) {
    let norm = vector.norm
    // Float products of the shortest and longest vectors are no measure; what is not a number excludes nothing.
    inverseNorm = norm.inverse
    scale = norm == 0 || (1e-30...1e30).contains(norm) ? inverseNorm : .nan
    side = ScoredQuery.Side(norm: norm, columns: vector.count, metric: metric)
  }
}
