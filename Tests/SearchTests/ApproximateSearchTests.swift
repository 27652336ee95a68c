import Foundation
import LinearAlgebra
import Testing

@testable import Search

/// An approximate search beside the exact one, which is held against NumPy.
struct ApproximateSearchTests {
  /// Vectors whose axes differ in variance as those of texts do, with a mean of their own, turned by a chain of reflections.
  private static func vectors(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix<Float> {
    var random = SplitMix64(state: seed)
    func normal() -> Float {
      (0..<12).reduce(Float(-6)) { sum, _ in sum + Float.random(in: 0...1, using: &random) }
    }
    let mirror = (0..<columns).map { _ in normal() }
    let square = mirror.reduce(0) { $0 + $1 * $1 }
    let elements = (0..<rows).flatMap { _ in
      let plain = (0..<columns).map { 0.3 + normal() * Float(exp(-2.0 * Double($0) / Double(columns))) }
      let factor = 2 * zip(plain, mirror).reduce(0) { $0 + $1.0 * $1.1 } / square
      return zip(plain, mirror).map { $0 - factor * $1 }
    }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }

  private static func search(_ vectors: Matrix<Float>, threads: Int = 2) throws -> (
    ApproximateIndex, ApproximateSearch
  ) {
    let index = try ApproximateIndex(vectors, threads: Threads(threads))
    return (
      index,
      ApproximateSearch(
        vectors, codes: index.codes, by: index.quantizer, depth: index.depth, threads: Threads(threads))
    )
  }

  @Test func `Almost all of the nearest are found, inside and outside, and their scores are exact`() throws {
    let vectors = Self.vectors(12_000, 96, seed: 1)
    let (index, search) = try Self.search(vectors)
    #expect(index.depth.candidates <= 1200)
    #expect(min(index.depth.inside, index.depth.outside) >= RecallMeasurement.goal)
    var random = SplitMix64(state: 2)
    let inside = Self.vectors(100, 96, seed: 3)
    let outside = Matrix<Float>(
      rows: 100, columns: 96, elements: (0..<9600).map { _ in Float.random(in: -1...1, using: &random) })
    for queries in [inside, outside] {
      let (found, exact) = (
        try search.nearest(10, to: queries),
        try ExactSearch(vectors, threads: Threads(2)).nearest(10, to: queries)
      )
      var hits = 0
      for (found, exact) in zip(found, exact) {
        #expect(found.count == 10 && found == found.sorted())
        let scores = Dictionary(uniqueKeysWithValues: exact.map { ($0.row, $0.score) })
        for neighbour in found { if let score = scores[neighbour.row] { #expect(score == neighbour.score) } }
        hits += found.count { $0.score >= exact[9].score }
      }
      #expect(Double(hits) / 1000 >= 0.95)
    }
  }

  @Test func `The same bytes and answers on any number of threads, alone and together`() throws {
    let vectors = Self.vectors(5000, 40, seed: 5)
    let queries = Self.vectors(300, 40, seed: 6)
    let (one, first) = try Self.search(vectors, threads: 1)
    let expected = try first.nearest(7, to: queries)
    for threads in [2, 3] {
      let (other, search) = try Self.search(vectors, threads: threads)
      #expect(other.quantizer.bytes == one.quantizer.bytes && other.depth == one.depth)
      #expect(other.codes.map(\.bytes) == one.codes.map(\.bytes))
      #expect(try search.nearest(7, to: queries) == expected)
    }
    for query in [0, 17, 299] {
      #expect(try first.nearest(7, to: queries.rows(at: [query])) == [expected[query]])
    }
  }

  /// Of few vectors all are candidates: then the answer is the exact one, ties and zeros included.
  @Test(arguments: 0..<30)
  func `Of few vectors of any shape the answers are exact`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (rows, columns) = (Int.random(in: 1...30, using: &random), Int.random(in: 1...13, using: &random))
    let draw = { (count: Int) in (0..<count).map { _ in Float(Int.random(in: -1...1, using: &random)) } }
    let vectors = Matrix(rows: rows, columns: columns, elements: draw(rows * columns))
    let queries = Matrix(rows: 5, columns: columns, elements: draw(5 * columns))
    let (_, search) = try Self.search(vectors)
    for count in [1, 3, 50] {
      #expect(
        try search.nearest(count, to: queries)
          == ExactSearch(vectors, threads: Threads(1)).nearest(Wanted(count), to: queries),
        "seed \(seed)")
    }
  }

  @Test func `A quantiser comes back from its bytes, and other bytes are none`() throws {
    let vectors = Self.vectors(500, 20, seed: 7)
    let quantizer = try ProductQuantizer(learningFrom: vectors, threads: Threads(2))
    let bytes = quantizer.bytes
    let again = try #require(ProductQuantizer(bytes: bytes))
    #expect(again.bytes == bytes)
    #expect(again.codes(of: 0..<500, of: vectors).bytes == quantizer.codes(of: 0..<500, of: vectors).bytes)
    for length in [0, 1, 4, 8, 11, bytes.count - 4, bytes.count - 1] {
      #expect(ProductQuantizer(bytes: Array(bytes[..<length])) == nil)
    }
    #expect(ProductQuantizer(bytes: bytes + [0, 0, 0, 0]) == nil)
    // Any header is refused, or is one of a quantiser of another shape with as many values.
    var random = SplitMix64(state: 8)
    for _ in 0..<500 {
      var damaged = bytes
      damaged[Int.random(in: 0..<8 + 4 * quantizer.parts, using: &random)] = .random(
        in: 0...255, using: &random)
      if let other = ProductQuantizer(bytes: damaged) { #expect(other.bytes == damaged) }
    }
  }

  @Test func `What cannot be searched says why`() throws {
    var vectors = Self.vectors(50, 8, seed: 9)
    let (_, search) = try Self.search(vectors)
    #expect(throws: SearchError.count(0)) { try search.nearest(0, to: Matrix(rows: 1, columns: 8)) }
    #expect(throws: SearchError.dimension(queries: 7, vectors: 8)) {
      try search.nearest(1, to: Matrix(rows: 1, columns: 7))
    }
    #expect(throws: SearchError.notFinite(query: 0)) {
      try search.nearest(1, to: Matrix(rows: 1, columns: 8, filledWith: .nan))
    }
    vectors[3, 2] = .infinity
    #expect(throws: SearchError.notFinite(query: 3)) { try ApproximateIndex(vectors, threads: Threads(1)) }
  }

  /// All ways to group a few axes, one by one.
  @Test(arguments: 0..<10)
  func `No grouping of axes promises more than the plan`(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let variances = (0..<9).map { _ in Double.random(in: 0.001...1, using: &random) }.sorted(by: >)
    func rest(_ widths: [Int]) -> Double {
      var end = 0
      let left = widths.reduce(0.0) { sum, width in
        let part = variances[end..<end + width]
        end += width
        let mean = exp(part.map { log($0) }.reduce(0, +) / Double(width))
        let rests = [0.0095, 0.108, 0.235, 0.34, 0.43, 0.50]
        return sum + min(rests[width - 1] * Double(width) * mean, part.reduce(0, +))
      }
      return left + variances[end...].reduce(0, +)
    }
    func all(_ parts: Int, _ axes: Int) -> [[Int]] {
      parts == 0
        ? [[]]
        : (1...6).filter { $0 <= axes }.flatMap { width in all(parts - 1, axes - width).map { [width] + $0 } }
    }
    for parts in 1...4 {
      let plan = PartPlan(parts: parts, variances: variances).widths
      let best = all(parts, 9).map(rest).min() ?? .infinity
      #expect(plan.count == parts && abs(rest(plan) - best) <= 1e-12, "seed \(seed)")
    }
    #expect(PartPlan(parts: 12, variances: variances).widths == Array(repeating: 1, count: 9) + [0, 0, 0])
  }
}
