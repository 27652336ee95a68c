public import LinearAlgebra

/// Queries that codes are shown to, block by block, to find the rows that promise to be nearest to each.
///
/// What is found does not depend on how the codes are cut into blocks, nor on what queries are asked together.
public struct CodeScan: Sendable {
  /// What was found so far, by one of those who look.
  public struct Findings: Sendable {
    fileprivate var rows: [PromisingRows]
    fileprivate var places = [UInt32](repeating: 0, count: CodeScan.groups * PackedCodes.groupSize)
    fileprivate var sums = [UInt16](repeating: 0, count: CodeScan.groups * PackedCodes.groupSize)
  }

  /// So many groups stay in cache while every query meets them.
  private static let groups = 16

  private let count: Int
  private let tables: [CodeTable]

  /// A scan for the `count` most promising rows for each query [Q × d].
  ///
  /// - Throws: ``SearchError`` when a query is not finite or as long as the vectors, or `count` is less than 1.
  public init(
    _ count: Int, nearestTo queries: Matrix<Float>, by quantizer: ProductQuantizer
  ) throws(SearchError) {
    guard count >= 1 else { throw .count(count) }
    guard queries.columns == quantizer.dimension else {
      throw .dimension(queries: queries.columns, vectors: quantizer.dimension)
    }
    for query in 0..<queries.rows where !queries.row(query).allSatisfy(\.isFinite) {
      throw .notFinite(query: query)
    }
    self.count = count
    tables = quantizer.tables(for: queries)
  }

  /// What is found where nobody has looked yet.
  public var nothing: Findings {
    Findings(rows: Array(repeating: PromisingRows(count: count), count: tables.count))
  }

  /// Looks at vectors by their codes; the first is known as row `first`, below 2³². Those that `isWanted` does not want by their rows are passed
  /// over.
  public func look(
    at codes: PackedCodes, from first: Int, into findings: inout Findings,
    where isWanted: ((Int) -> Bool)? = nil
  ) {
    let groups = (codes.count + PackedCodes.groupSize - 1) / PackedCodes.groupSize
    for start in stride(from: 0, to: groups, by: Self.groups) {
      let range = start..<min(groups, start + Self.groups)
      for (query, table) in tables.enumerated() {
        let found = codes.find(
          in: range, reaching: findings.rows[query].least, by: table, places: &findings.places,
          sums: &findings.sums)
        findings.rows[query].offer(
          findings.places[..<found], sums: findings.sums, from: first + start * PackedCodes.groupSize,
          where: isWanted)
      }
    }
  }

  /// The most promising rows for each query, in any order, from all that was found.
  public func rows(_ findings: [Findings]) -> [[UInt32]] {
    tables.indices.map { merged(findings, query: $0).rows() }
  }

  /// The same, the most promising first.
  public func ranked(_ findings: [Findings]) -> [[UInt32]] {
    tables.indices.map { merged(findings, query: $0).ranked() }
  }

  private func merged(_ findings: [Findings], query: Int) -> PromisingRows {
    findings.reduce(into: PromisingRows(count: count)) { $0.offer($1.rows[query]) }
  }
}
