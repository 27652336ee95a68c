public import LinearAlgebra
internal import Synchronization

/// The nearest other rows of every row of a matrix by cosine, exact: what an ``ExactSearch`` with all rows as queries finds, at a small
/// part of the cost.
///
/// Float products of blocks of rows, each pair of blocks once for both, leave few rows that may be near; only these are scored in
/// double precision. The answers are the same bits on any number of threads.
public struct NeighbourJoin: Sendable {
  private let vectors: Matrix<Float>
  private let groups: [Int]
  private let threads: Threads
  private let inverseNorms: [Double]

  private static let blockRows = 512

  /// A join of the rows of `vectors` [N × d] with each other. Rows of the same group [N] are not each other's neighbours; nil if
  /// every row is a group of its own.
  ///
  /// - Throws: ``SearchError/notFinite(query:)``.
  public init(_ vectors: Matrix<Float>, groups: [Int]? = nil, threads: Threads) throws(SearchError) {
    precondition(groups.map { $0.count == vectors.rows } ?? true, "one group a row")
    if let row = (0..<vectors.rows).first(where: { !vectors.row($0).allSatisfy(\.isFinite) }) {
      throw .notFinite(query: row)
    }
    self.vectors = vectors
    self.groups = groups ?? Array(0..<vectors.rows)
    self.threads = threads
    inverseNorms = threads.map(vectors.rows) { vectors.row($0).inverseNorm }
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
    let units = vectors.unitRows(threads: threads)
    let blocks = stride(from: 0, to: vectors.rows, by: Self.blockRows).map { start in
      Block(
        start..<min(vectors.rows, start + Self.blockRows), of: units, width: Self.blockRows,
        nothing: CandidateNeighbours(Wanted(count), of: vectors.rows),
        margin: VectorScan.margin(columns: vectors.columns))
    }
    // By their distance: so that workers seldom wait for one another's blocks, and all rows soon know near ones.
    let pairs = blocks.indices.flatMap { distance in
      (0..<blocks.count - distance).map { (blocks[$0], blocks[$0 + distance]) }
    }
    let done = Atomic(0)
    threads.forEach(pairs.count, with: { Workspace(width: Self.blockRows) }) { workspace, index in
      let (one, other) = pairs[index]
      workspace.compare(one, other, units: units, groups: groups)
      one.offer(workspace.hits.lazy.map { ($0.row, $0.column, $0.score) }, exactScore: score)
      other.offer(workspace.hits.lazy.map { ($0.column, $0.row, $0.score) }, exactScore: score)
      progress(Double(done.wrappingAdd(1, ordering: .relaxed).newValue) / Double(pairs.count))
    }
    return threads.map(blocks.count) { blocks[$0].answers(exactScore: score) }.flatMap { $0 }
  }

  /// The cosine between a row and its neighbour.
  private func score(_ row: Int, _ neighbour: Int) -> Double {
    vectors.row(neighbour).product(with: vectors.row(row)) * inverseNorms[neighbour] * inverseNorms[row]
  }
}

/// Two rows that may be near one another.
private struct Hit {
  let row: Int
  let column: Int
  let score: Float
}

/// Some of the rows, and what was found of them so far.
private final class Block: Sendable {
  let rows: Range<Int>
  /// The rows as columns, and columns of zeros up to the width of all blocks.
  let columns: PackedMatrix
  /// How far a float score may lie from the true one.
  private let margin: Double
  private let found: Mutex<[CandidateNeighbours]>

  init(_ rows: Range<Int>, of units: Matrix<Float>, width: Int, nothing: CandidateNeighbours, margin: Double)
  {
    (self.rows, self.margin) = (rows, margin)
    let padding = [Float](repeating: 0, count: (width - rows.count) * units.columns)
    columns = PackedMatrix(
      Matrix(rows: width, columns: units.columns, elements: units.rows(at: rows).elements + padding),
      transposed: true)
    found = Mutex(Array(repeating: nothing, count: rows.count))
  }

  /// For each row the score below which none can be among its best.
  var floors: [Float] { found.withLock { $0.map { Float($0.threshold - margin).nextDown } } }

  func offer(
    _ neighbours: some Sequence<(row: Int, neighbour: Int, score: Float)>, exactScore: (Int, Int) -> Double
  ) {
    found.withLock { found in
      for (row, neighbour, score) in neighbours {
        let bounds = (least: Double(score) - margin, most: Double(score) + margin)
        found[row - rows.lowerBound].offer(neighbour, bounds: bounds) { exactScore(row, $0) }
      }
    }
  }

  func answers(exactScore: (Int, Int) -> Double) -> [[Neighbour]] {
    found.withLock { found in
      zip(rows, found).map { row, candidates in candidates.best { exactScore(row, $0) } }
    }
  }
}

/// What one worker compares blocks in.
private struct Workspace {
  private var scores: Matrix<Float>
  private var places: [UInt32]
  private(set) var hits: [Hit] = []

  init(width: Int) {
    scores = Matrix(rows: width, columns: width)
    places = [UInt32](repeating: 0, count: width)
  }

  /// Finds which rows of two blocks may be among the best of one another, each pair once.
  mutating func compare(_ one: Block, _ other: Block, units: Matrix<Float>, groups: [Int]) {
    other.columns.multiply(units, rows: one.rows, into: &scores, rows: 0..<one.rows.count)
    let (rowFloors, others) = (one.floors, other.floors)
    let padding = [Float](repeating: .infinity, count: scores.columns - others.count)
    let columnFloors = others + padding
    hits.removeAll(keepingCapacity: true)
    for (local, row) in one.rows.enumerated() {
      let count = scores.findColumns(
        ofRow: local, reaching: rowFloors[local], or: columnFloors, into: &places)
      for place in places[..<count] {
        let column = other.rows.lowerBound + Int(place)
        // Within one block each pair stands twice.
        guard place < others.count, row < column || one !== other, groups[row] != groups[column] else {
          continue
        }
        hits.append(Hit(row: row, column: column, score: scores[local, Int(place)]))
      }
    }
  }
}
