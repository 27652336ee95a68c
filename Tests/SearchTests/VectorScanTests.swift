import LinearAlgebra
import Search
import Testing

/// A scan finds the same however the vectors come by.
struct VectorScanTests {
  @Test(arguments: 0..<10)
  func `Blocks in any order, shared among any who look, give one answer`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (rows, columns) = (Int.random(in: 1...700, using: &random), Int.random(in: 1...20, using: &random))
    func matrix(_ rows: Int) -> Matrix<Float> {
      // Few distinct values make many ties.
      let elements = (0..<rows * columns).map { _ in Float(Int.random(in: -1...1, using: &random)) }
      return Matrix(rows: rows, columns: columns, elements: elements)
    }
    let (vectors, queries) = (matrix(rows), matrix(300))
    let count = Int.random(in: 1...rows, using: &random)
    let metric = Metric.allCases[Int(seed) % 3]
    let search = ExactSearch(vectors, by: metric, threads: Threads(1))
    let expected = try (0..<300).flatMap { try search.nearest(Wanted(count), to: queries.rows(at: [$0])) }

    let scan = try VectorScan(Wanted(count), nearestTo: queries, by: metric)
    var findings = [scan.nothing, scan.nothing, scan.nothing]
    var rest = Array(0..<rows).shuffled(using: &random)
    while !rest.isEmpty {
      let block = Array(rest.prefix(Int.random(in: 1...100, using: &random)))
      rest.removeFirst(block.count)
      // The rows looked at need not be all that there are.
      let shown = Matrix(
        rows: block.count + 1, columns: columns,
        elements: [Float](repeating: 1, count: columns) + vectors.rows(at: block).elements)
      scan.look(
        at: 1..<block.count + 1, of: shown, numbered: block,
        into: &findings[Int.random(in: 0..<3, using: &random)])
    }
    #expect(scan.answers(findings) == expected, "seed \(seed)")
  }

  @Test func `Vectors too long for integers are compared as exactly`() throws {
    var random = SplitMix64(state: 4)
    let columns = 65_540
    let vectors = Matrix<Float>(
      rows: 40, columns: columns,
      elements: (0..<40 * columns).map { _ in .random(in: -1...1, using: &random) })
    let search = ExactSearch(vectors, threads: Threads(2))
    let found = try search.nearest(2, to: vectors)
    #expect(found.map { $0[0].row } == Array(0..<40))
    for query in [0, 17, 39] {
      #expect(try search.nearest(2, to: vectors.rows(at: [query])) == [found[query]])
    }
  }

  @Test(arguments: [1e-30, 1e-20, 1, 1e20, 1e30] as [Float])
  func `Vectors of any length are compared by their direction`(scale: Float) throws {
    let directions: [[Float]] = [[1, 2, 3], [3, 2, 1], [0, 0, 0], [-1, -2, -3], [1, 2, 2.9]]
    let vectors = Matrix(rows: 5, columns: 3, elements: directions.joined().map { $0 * scale })
    let query = Matrix<Float>(rows: 1, columns: 3, elements: [1, 2, 3])
    let found = try ExactSearch(vectors, threads: Threads(1)).nearest(5, to: query)[0]
    #expect(found.map(\.row) == [0, 4, 1, 2, 3])
    #expect(abs((found.first?.score ?? 0) - 1) < 1e-6)
    #expect(found[3].score == 0)
  }

  @Test func `The shortest vectors and the longest are compared as exactly as others`() throws {
    for scale: Float in [0x1p-130, 1e38] {
      let vectors = Matrix<Float>(
        rows: 3, columns: 2, elements: [-0.9, 0.43589, -0.95, 0.31225, -1 * scale, 1.7 * scale])
      let found = try ExactSearch(vectors, threads: Threads(1)).nearest(
        1, to: Matrix(rows: 1, columns: 2, elements: [1, 0]))[0]
      #expect(found.map(\.row) == [2])
    }
  }

  @Test func `No queries have no answers, and nothing seen gives none`() throws {
    let none = try VectorScan(3, nearestTo: Matrix(rows: 0, columns: 2))
    #expect(none.answers([none.nothing]).isEmpty)
    let scan = try VectorScan(3, nearestTo: Matrix(rows: 2, columns: 2, filledWith: 1))
    #expect(scan.answers([]) == [[], []])
    #expect(throws: SearchError.count(0)) { try VectorScan(0, nearestTo: Matrix(rows: 1, columns: 2)) }
  }
}
