import LinearAlgebra
import Search
import Testing

/// A join finds what a search with every row as a query finds, bit for bit.
struct NeighbourJoinTests {
  /// The first `count` answers of a search that are of other groups.
  private func expected(_ count: Int, of vectors: Matrix<Float>, groups: [Int]) throws -> [[Neighbour]] {
    let all = try ExactSearch(vectors, threads: Threads(2)).nearest(Wanted(vectors.rows), to: vectors)
    return all.enumerated().map { row, list in
      Array(list.filter { groups[$0.row] != groups[row] }.prefix(count))
    }
  }

  private func draw(
    _ rows: Int, _ columns: Int, using random: inout SplitMix64, _ value: (inout SplitMix64) -> Float
  ) -> Matrix<Float> {
    Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in value(&random) })
  }

  @Test(arguments: 0..<12)
  func `Few distinct values, with ties, equal rows and zeros: the answers of a search`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (rows, columns) = (Int.random(in: 1...1300, using: &random), Int.random(in: 1...12, using: &random))
    let vectors = draw(rows, columns, using: &random) { Float(Int.random(in: -1...1, using: &$0)) }
    let groups = (0..<rows).map { _ in Int.random(in: 0..<rows, using: &random) }
    let count = [1, 2, 10, 50, rows + 3][Int.random(in: 0..<5, using: &random)]
    for threads in [1, 3] {
      let join = try NeighbourJoin(vectors, groups: groups, threads: Threads(threads))
      #expect(try join.nearest(count) == expected(count, of: vectors, groups: groups), "seed \(seed)")
    }
    let apart = try NeighbourJoin(vectors, threads: Threads(2)).nearest(count)
    #expect(apart == (try expected(count, of: vectors, groups: Array(0..<rows))), "seed \(seed)")
  }

  @Test(arguments: 0..<4)
  func `Rows that are copies of few, but for their last bits: the answers of a search`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (rows, columns) = (1200, 48)
    let few = draw(6, columns, using: &random) { Float.random(in: -1...1, using: &$0) }
    let elements = (0..<rows).flatMap { row in
      few.row(row % 6).map { Bool.random(using: &random) ? $0 : $0.nextUp }
    }
    let vectors = Matrix(rows: rows, columns: columns, elements: elements)
    let join = try NeighbourJoin(vectors, threads: Threads(2))
    #expect(try join.nearest(10) == expected(10, of: vectors, groups: Array(0..<rows)), "seed \(seed)")
  }

  @Test(arguments: [0x1p-130, 1e-30, 1, 1e30, 1e38] as [Float])
  func `Vectors of any length are compared by their direction`(scale: Float) throws {
    var random = SplitMix64(state: 5)
    var vectors = draw(700, 3, using: &random) { Float.random(in: -1...1, using: &$0) }
    for row in stride(from: 0, to: 700, by: 3) {
      for column in 0..<3 { vectors[row, column] *= scale }
    }
    let join = try NeighbourJoin(vectors, threads: Threads(2))
    #expect(try join.nearest(4) == expected(4, of: vectors, groups: Array(0..<700)))
  }

  @Test func `What has no answer says why, and no rows have none`() throws {
    #expect(throws: SearchError.notFinite(query: 1)) {
      try NeighbourJoin(Matrix(rows: 2, columns: 1, elements: [0, .infinity]), threads: Threads(1))
    }
    let one = try NeighbourJoin(Matrix(rows: 1, columns: 1, filledWith: 1), threads: Threads(1))
    #expect(throws: SearchError.count(0)) { try one.nearest(0) }
    #expect(try one.nearest(3) == [[]])
    let none = try NeighbourJoin(Matrix(rows: 0, columns: 4), threads: Threads(1))
    #expect(try none.nearest(1).isEmpty)
    let together = try NeighbourJoin(Matrix(rows: 3, columns: 2), groups: [7, 7, 7], threads: Threads(2))
    #expect(try together.nearest(2) == [[], [], []])
  }
}
