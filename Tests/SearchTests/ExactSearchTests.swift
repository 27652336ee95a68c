import Foundation
import LinearAlgebra
import Search
import Testing

/// Answers are held against NumPy's product in double precision (`tools/golden/search.py`).
struct ExactSearchTests {
  private struct Answers: Decodable {
    struct Answer: Decodable {
      let ids: [Int]
      let scores: [Double]
    }
    let k: Int
    let answers: [Answer]
  }

  @Test(arguments: [1, 2, 3])
  func `The nearest rows are those of a product in double precision, ties by row`(threads: Int) throws {
    let golden = try Golden.json("nearest.json", Answers.self)
    let (vectors, queries) = (try Golden.matrix("vectors.f32"), try Golden.matrix("queries.f32"))
    let search = ExactSearch(vectors, threads: Threads(threads))
    let together = try search.nearest(Wanted(golden.k), to: queries)
    for (query, answer) in golden.answers.enumerated() {
      #expect(together[query].map(\.row) == answer.ids)
      for (neighbour, score) in zip(together[query], answer.scores) {
        #expect(abs(neighbour.score - score) <= 1e-12)
      }
      #expect(try search.nearest(Wanted(golden.k), to: queries.rows(at: [query])) == [together[query]])
    }
  }

  @Test(arguments: 0..<20)
  func `Any matrix: all rows in the order of brute force`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (rows, columns) = (Int.random(in: 1...3000, using: &random), Int.random(in: 1...40, using: &random))
    // Few distinct values make many ties, and rows of zeros.
    let vectors = Matrix<Float>(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in Float(Int.random(in: -1...1, using: &random)) })
    let query = (0..<columns).map { _ in Float(Int.random(in: -2...2, using: &random)) }
    let count = Int.random(in: 1...(rows + 5), using: &random)
    func norm(_ x: some Sequence<Float>) -> Double {
      x.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let exact = (0..<rows).map { row -> (Int, Double) in
      let product = zip(vectors.row(row), query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      let norms = norm(vectors.row(row)) * norm(query)
      return (row, norms > 0 ? product / norms : 0)
    }
    let found = try ExactSearch(vectors, threads: Threads(2)).nearest(
      Wanted(count), to: Matrix(rows: 1, columns: columns, elements: query))[0]
    #expect(found.count == min(count, rows), "seed \(seed)")
    #expect(found == found.sorted(), "seed \(seed)")
    let scores = exact.map(\.1).sorted(by: >)
    for (index, neighbour) in found.enumerated() {
      #expect(abs(neighbour.score - scores[index]) <= 1e-12, "seed \(seed)")
      #expect(abs(neighbour.score - exact[neighbour.row].1) <= 1e-12, "seed \(seed)")
    }
    #expect(Set(found.map(\.row)).count == found.count, "seed \(seed)")
  }

  /// A few queries go by way of bytes, many do not.
  @Test(arguments: 0..<12)
  func `Few queries have the answers that they have among many`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (rows, columns) = (Int.random(in: 1...5000, using: &random), [3, 31, 32, 100, 600][Int(seed) % 5])
    var elements = (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &random) }
    // Copies but for the last bits, spikes that leave the rest to few integers, and vectors of any length.
    for row in 0..<rows {
      let (start, length) = (row * columns, Float.random(in: -30...30, using: &random))
      if row > 0, row % 3 == 0 {
        for column in 0..<columns { elements[start + column] = elements[start - columns + column].nextUp }
      }
      if row % 7 == 0 { elements[start] = 50 }
      if row % 5 == 0 { for column in 0..<columns { elements[start + column] *= exp2(length) } }
    }
    let vectors = Matrix(rows: rows, columns: columns, elements: elements)
    let queries = Matrix(
      rows: 9, columns: columns,
      elements: vectors.row(rows / 2) + [Float](repeating: 0, count: columns)
        + (0..<7 * columns).map { _ in Float.random(in: -1...1, using: &random) })
    let search = ExactSearch(vectors, threads: Threads(Int(seed) % 3 + 1))
    for count in [1, 10, rows, .max] {
      let together = try search.nearest(Wanted(count), to: queries)
      let alone = try (0..<9).map { try search.nearest(Wanted(count), to: queries.rows(at: [$0]))[0] }
      #expect(alone == together, "seed \(seed)")
    }
  }

  /// So many that each worker takes some of them.
  @Test(arguments: 1...3)
  func `Many queries have the answers that they have among few, however they are shared out`(threads: Int)
    throws
  {
    var random = SplitMix64(state: 5)
    func matrix(_ rows: Int) -> Matrix<Float> {
      Matrix(
        rows: rows, columns: 7,
        elements: (0..<rows * 7).map { _ in Float(Int.random(in: -3...3, using: &random)) })
    }
    let search = ExactSearch(matrix(700), threads: Threads(threads))
    var queries = matrix(800)
    let together = try search.nearest(9, to: queries)
    #expect(
      together
        == (try (0..<80).flatMap { try search.nearest(9, to: queries.rows(at: $0 * 10..<$0 * 10 + 10)) }))
    queries[613, 2] = .nan
    #expect(throws: SearchError.notFinite(query: 613)) { try search.nearest(9, to: queries) }
  }

  @Test func `What has no answer says why`() throws {
    let search = ExactSearch(Matrix<Float>(rows: 2, columns: 3), threads: Threads(1))
    #expect(throws: SearchError.dimension(queries: 2, vectors: 3)) {
      try search.nearest(1, to: Matrix(rows: 1, columns: 2))
    }
    #expect(throws: SearchError.count(0)) { try search.nearest(0, to: Matrix(rows: 1, columns: 3)) }
    #expect(throws: SearchError.notFinite(query: 1)) {
      try search.nearest(1, to: Matrix(rows: 2, columns: 3, elements: [0, 0, 0, 0, .nan, 0]))
    }
    let empty = ExactSearch(Matrix<Float>(rows: 0, columns: 0), threads: Threads(1))
    #expect(try empty.nearest(3, to: Matrix(rows: 1, columns: 3)) == [[]])
  }
}

/// SplitMix64, so that a failure's seed makes it again.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
