internal import LinearAlgebra
internal import Search

/// How many of the nearest ten of each row, by cosine and but for itself, are found by other vectors.
struct NeighbourRecall {
  /// The rows that are asked about: evenly spread.
  private let rows: [Int]
  private let truth: [Set<Int>]
  private let vectors: Matrix<Float>
  private let threads: Threads

  private static let (neighbours, mostRows) = (10, 1000)

  /// By the true vectors, of at least two rows.
  ///
  /// - Throws: `SearchError` when one is not finite.
  init(among vectors: Matrix<Float>, threads: Threads) throws {
    (self.vectors, self.threads) = (vectors, threads)
    rows = (0..<vectors.rows).spread(Self.mostRows)
    truth = try Self.nearest(to: vectors, among: vectors, rows: rows, threads: threads).map { Set($0) }
  }

  /// The share of each row's neighbours that are found where other vectors stand for the rows, and the true ones ask.
  func shares(among others: Matrix<Float>) throws -> [Double] { try shares(of: vectors, among: others) }

  /// The share that is found where other vectors stand for the rows and ask as well.
  func shares(of queries: Matrix<Float>, among others: Matrix<Float>) throws -> [Double] {
    let found = try Self.nearest(to: queries, among: others, rows: rows, threads: threads)
    return zip(found, truth).map { found, truth in
      Double(found.count { truth.contains($0) }) / Double(truth.count)
    }
  }

  private static func nearest(
    to queries: Matrix<Float>, among vectors: Matrix<Float>, rows: [Int], threads: Threads
  ) throws -> [[Int]] {
    let count = min(neighbours, vectors.rows - 1)
    let found = try ExactSearch(vectors, threads: threads)
      .nearest(Wanted(count + 1), to: queries.rows(at: rows))
    return zip(rows, found).map { row, list in
      Array(list.lazy.map(\.row).filter { $0 != row }.prefix(count))
    }
  }
}
