public import LinearAlgebra

/// Queries that codes are shown to, block by block, to find the rows that promise to be nearest to each.
///
/// What is found does not depend on how the codes are cut into blocks, nor on what queries are asked together.
public struct CodeScan: Sendable {
  /// What was found so far, by one of those who look.
  public struct Findings: Sendable {
    fileprivate var rows: [PromisingRows]
    fileprivate var places = [UInt32](repeating: 0, count: 4 * CodeScan.groups * PackedCodes.groupSize)
    fileprivate var sums = [UInt16](repeating: 0, count: 4 * CodeScan.groups * PackedCodes.groupSize)
  }

  /// So many groups stay in cache while every query meets them.
  private static let groups = 32

  private let count: Int
  private let tables: [CodeTable]
  /// The same in fours, but for the last few.
  private let fours: [FourCodeTables]

  /// A scan for the `count` most promising rows for each query [Q × d].
  ///
  /// - Throws: ``SearchError`` when a query is not finite, or not as long as the vectors, or `count` is less than 1.
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
    let tables = quantizer.tables(for: queries)
    self.tables = tables
    fours = (0..<tables.count / 4).map { FourCodeTables(tables[4 * $0..<4 * $0 + 4]) }
  }

  private var noRows: PromisingRows {
    PromisingRows(count: count, sumsUpTo: tables.map(\.greatestSum).max() ?? 0)
  }

  /// What is found where nobody has looked yet.
  public var nothing: Findings {
    Findings(rows: Array(repeating: noRows, count: tables.count))
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
      func offer(_ found: Int, at place: Int, to query: Int) {
        guard found > 0 else { return }
        findings.rows[query].offer(
          findings.places[place..<place + found], sums: findings.sums[place..<place + found],
          from: first + start * PackedCodes.groupSize, where: isWanted)
      }
      for (four, tables) in fours.enumerated() {
        let least = (0..<4).map { findings.rows[4 * four + $0].least }
        let found = codes.find(
          in: range, reaching: least, by: tables, places: &findings.places, sums: &findings.sums)
        for query in 0..<4 {
          offer(found[query], at: query * range.count * PackedCodes.groupSize, to: 4 * four + query)
        }
      }
      for query in 4 * fours.count..<tables.count {
        let found = codes.find(
          in: range, reaching: findings.rows[query].least, by: tables[query], places: &findings.places,
          sums: &findings.sums)
        offer(found, at: 0, to: query)
      }
    }
  }

  /// The most promising rows for each query, in any order, from all that was found.
  public func rows(_ findings: [Findings]) -> [[UInt32]] {
    tables.indices.map { merged(findings, query: $0).rows }
  }

  /// The same, the most promising first.
  public func ranked(_ findings: [Findings]) -> [[UInt32]] {
    tables.indices.map { merged(findings, query: $0).ranked }
  }

  private func merged(_ findings: [Findings], query: Int) -> PromisingRows {
    guard var merged = findings.first?.rows[query] else { return noRows }
    for others in findings.dropFirst() { merged.offer(others.rows[query]) }
    return merged
  }
}
