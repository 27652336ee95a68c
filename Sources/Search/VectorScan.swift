public import LinearAlgebra

/// Queries that vectors are shown to, block by block, to find each query's nearest by cosine.
///
/// Float products of a block with all queries come first. Their error has a bound, so those that they cannot exclude are few, and
/// these are scored in double precision at once. The answer is the exact top k of the double-precision scores, ties in the order of
/// the rows, however the vectors are cut into blocks and whatever queries are asked together.
public struct VectorScan: Sendable {
  /// What was found so far, by one of those who look.
  public struct Findings: Sendable {
    fileprivate var best: [BestNeighbours]
  }

  /// Queries whose scores stand beside one another: few enough that a block of them stays in cache.
  private struct Group {
    let queries: Range<Int>
    /// Of length 1, so that a product is the cosine times the vector's norm.
    let units: PackedMatrix
  }

  private static let groupSize = 256

  private let count: Int
  private let queries: Matrix<Float>
  private let inverseNorms: [Double]
  private let groups: [Group]

  /// A scan for the `count` nearest of each query [Q × d].
  ///
  /// - Throws: ``SearchError`` when a query is not finite or `count` is less than 1.
  public init(_ count: Int, nearestTo queries: Matrix<Float>) throws(SearchError) {
    guard count >= 1 else { throw .count(count) }
    for query in 0..<queries.rows where !queries.row(query).allSatisfy(\.isFinite) {
      throw .notFinite(query: query)
    }
    self.count = count
    self.queries = queries
    let inverseNorms = (0..<queries.rows).map { queries.row($0).inverseNorm }
    self.inverseNorms = inverseNorms
    groups = stride(from: 0, to: queries.rows, by: Self.groupSize).map { start in
      let group = start..<min(queries.rows, start + Self.groupSize)
      let units = group.flatMap { query in
        queries.row(query).map { Float(Double($0) * inverseNorms[query]) }
      }
      return Group(
        queries: group,
        units: PackedMatrix(
          Matrix(rows: group.count, columns: queries.columns, elements: units), transposed: true))
    }
  }

  /// What is found where nobody has looked yet.
  public var nothing: Findings {
    Findings(best: Array(repeating: BestNeighbours(count: count), count: queries.rows))
  }

  /// Looks at the `rows` of `vectors` [· × d], which the answers know by `numbers`. O(Q·d) a row.
  public func look(
    at rows: Range<Int>, of vectors: Matrix<Float>, numbered numbers: [Int], into findings: inout Findings
  ) {
    precondition(vectors.columns == queries.columns, "vectors are as long as the queries")
    let scales = rows.map { row in
      let inverse = vectors.row(row).quickInverseNorm
      // Float products of the shortest and longest vectors are no measure; what is not a number excludes nothing.
      return inverse == 0 || (1e-36...1e36).contains(inverse) ? Float(inverse) : .nan
    }
    for group in groups {
      var scores = Matrix<Float>(rows: rows.count, columns: group.queries.count)
      group.units.multiply(vectors, rows: rows, into: &scores, rows: 0..<rows.count)
      for (local, (row, number)) in zip(rows, numbers).enumerated() {
        for (column, query) in group.queries.enumerated() {
          let score = Double(scores[local, column] * scales[local])
          if score < findings.best[query].threshold - margin { continue }
          findings.best[query].offer(
            Neighbour(row: number, score: cosine(vectors.row(row), toQuery: query)))
        }
      }
    }
  }

  /// The answer to each query, nearest first, from all that was found.
  public func answers(_ findings: [Findings]) -> [[Neighbour]] {
    (0..<queries.rows).map { query in
      findings.reduce(into: BestNeighbours(count: count)) { $0.offer($1.best[query]) }.sorted()
    }
  }

  private func cosine(_ vector: ArraySlice<Float>, toQuery query: Int) -> Double {
    vector.product(with: queries.row(query)) * vector.inverseNorm * inverseNorms[query]
  }

  private var margin: Double { Self.margin(columns: queries.columns) }

  /// How far a float score may lie from the true one: the products' rounding, at most d·2⁻²⁴ of the norms (Higham, Accuracy and
  /// Stability of Numerical Algorithms, 3.1), and that of the two scalings.
  static func margin(columns: Int) -> Double {
    Double(columns + 8) * 0x1p-24 * 1.01
  }
}
