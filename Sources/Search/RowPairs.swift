internal import LinearAlgebra
internal import Synchronization

/// The pairs of rows of a matrix whose cosine may reach a floor: what joins of the rows with each other are made of.
///
/// Float products of blocks of rows, each pair of blocks once for both, leave few pairs that may be near. How far such a product may lie
/// from the true cosine has a bound, so none is missed.
struct RowPairs: Sendable {
  /// Two different rows that may be near one another.
  struct Hit: Sendable {
    let row: Int
    let other: Int
    /// Their cosine, but for the margin.
    let score: Float
  }

  /// Some of the rows.
  private struct Block: Sendable {
    let rows: Range<Int>
    /// The rows as columns, and columns of zeros up to the width of all blocks.
    let columns: PackedMatrix
  }

  /// How far a float score may lie from the true one.
  let margin: Double
  private let vectors: Matrix<Float>
  private let threads: Threads
  private let inverseNorms: [Double]

  private static let blockRows = 512

  /// The pairs of the rows of `vectors` [N × d].
  ///
  /// - Throws: ``SearchError/notFinite(query:)``.
  init(_ vectors: Matrix<Float>, threads: Threads) throws(SearchError) {
    if let row = (0..<vectors.rows).first(where: { !vectors.row($0).allSatisfy(\.isFinite) }) {
      throw .notFinite(query: row)
    }
    self.vectors = vectors
    self.threads = threads
    margin = VectorScan.margin(columns: vectors.columns)
    inverseNorms = threads.map(vectors.rows) { vectors.row($0).inverseNorm }
  }

  /// How many rows there are.
  var rows: Int { vectors.rows }

  /// The rows of each block.
  var blocks: [Range<Int>] {
    stride(from: 0, to: rows, by: Self.blockRows).map { $0..<min(rows, $0 + Self.blockRows) }
  }

  /// The cosine of two rows, in double precision.
  func cosine(_ row: Int, _ other: Int) -> Double {
    vectors.row(other).product(with: vectors.row(row)) * inverseNorms[other] * inverseNorms[row]
  }

  /// A floor for float scores that no score of at least `threshold` lies below.
  func floor(of threshold: Double) -> Float { Float(threshold - margin).nextDown }

  /// Calls `body` for each pair of blocks with the pairs of their rows that reach a floor, each pair once, from several threads at
  /// once. O(N²·d).
  ///
  /// - Parameters:
  ///   - floors: The floors of a block's rows as they are now. A pair is left out where it reaches neither row's.
  ///   - progress: Told now and then which share of the pairs is done.
  ///   - body: Takes the numbers of two blocks, which may be the same, and the pairs of a row of the first and one of the second.
  func forEach(
    reaching floors: @Sendable (_ block: Int) -> [Float], telling progress: @Sendable (Double) -> Void,
    _ body: @Sendable (_ one: Int, _ other: Int, _ hits: [Hit]) -> Void
  ) {
    let units = vectors.unitRows(threads: threads)
    let blocks = self.blocks.map { Self.block($0, of: units) }
    // By their distance: so that workers seldom wait for one another's blocks, and all rows soon know near ones.
    let pairs = blocks.indices.flatMap { distance in
      (0..<blocks.count - distance).map { ($0, $0 + distance) }
    }
    let done = Atomic(0)
    threads.forEach(pairs.count, with: { Workspace(width: Self.blockRows) }) { workspace, index in
      let (one, other) = pairs[index]
      blocks[other].columns.multiply(
        units, rows: blocks[one].rows, into: &workspace.scores, rows: 0..<blocks[one].rows.count)
      workspace.find(blocks[one].rows, blocks[other].rows, reaching: (floors(one), floors(other)))
      body(one, other, workspace.hits)
      progress(Double(done.wrappingAdd(1, ordering: .relaxed).newValue) / Double(pairs.count))
    }
  }

  private static func block(_ rows: Range<Int>, of units: Matrix<Float>) -> Block {
    let padding = [Float](repeating: 0, count: (blockRows - rows.count) * units.columns)
    let elements = units.rows(at: rows).elements + padding
    return Block(
      rows: rows,
      columns: PackedMatrix(
        Matrix(rows: blockRows, columns: units.columns, elements: elements), transposed: true))
  }

  /// What one worker compares blocks in.
  private struct Workspace {
    var scores: Matrix<Float>
    private var places: [UInt32]
    private(set) var hits: [Hit] = []

    init(width: Int) {
      scores = Matrix(rows: width, columns: width)
      places = [UInt32](repeating: 0, count: width)
    }

    /// Finds the scores of the rows of two blocks that reach a floor.
    mutating func find(_ one: Range<Int>, _ other: Range<Int>, reaching floors: ([Float], [Float])) {
      let padding = [Float](repeating: .infinity, count: scores.columns - other.count)
      let columnFloors = floors.1 + padding
      hits.removeAll(keepingCapacity: true)
      for (local, row) in one.enumerated() {
        let count = scores.findColumns(
          ofRow: local, reaching: floors.0[local], or: columnFloors, into: &places)
        for place in places[..<count] {
          let column = other.lowerBound + Int(place)
          // Within one block each pair stands twice.
          guard place < other.count, row < column else { continue }
          hits.append(Hit(row: row, other: column, score: scores[local, Int(place)]))
        }
      }
    }
  }
}
