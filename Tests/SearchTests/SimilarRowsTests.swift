import LinearAlgebra
import Search
import Testing

/// Groups of similar rows are held against SciPy's connected components, and against every pair.
struct SimilarRowsTests {
  /// The groups by walking from row to row through all pairs.
  private func expected(_ rows: SimilarRows, count: Int, threshold: Double) -> [[Int]] {
    var left = Set(0..<count)
    var groups: [[Int]] = []
    while let first = left.min() {
      var (group, open) = ([first], [first])
      left.remove(first)
      while let row = open.popLast() {
        let near = left.filter { rows.cosine(row, $0) >= threshold }
        left.subtract(near)
        group += near
        open += near
      }
      if group.count > 1 { groups.append(group.sorted()) }
    }
    return groups
  }

  @Test func `The groups are SciPy's connected components`() throws {
    let vectors = try ClusteringGolden.vectors()
    for similar in try ClusteringGolden.read().similar {
      for threads in [1, 3] {
        let rows = try SimilarRows(vectors, threads: Threads(threads))
        #expect(try rows.groups(reaching: similar.threshold) == similar.groups)
      }
    }
  }

  @Test(arguments: 0..<10)
  func `The pairs at the very threshold count, and those a bit below do not`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (count, columns) = (
      Int.random(in: 2...1300, using: &random), Int.random(in: 2...24, using: &random)
    )
    // Few distinct values: many pairs have the same cosine.
    let vectors = Matrix<Float>(
      rows: count, columns: columns,
      elements: (0..<count * columns).map { _ in Float(Int.random(in: -1...1, using: &random)) })
    let rows = try SimilarRows(vectors, threads: Threads(2))
    for _ in 0..<3 {
      let (one, other) = (
        Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random)
      )
      let cosine = rows.cosine(one, other)
      for threshold in [cosine, cosine.nextUp, cosine.nextDown] {
        #expect(
          try rows.groups(reaching: threshold) == expected(rows, count: count, threshold: threshold),
          "seed \(seed), threshold \(threshold)")
      }
    }
  }

  @Test func `A chain is one group, though its ends are far apart`() throws {
    let vectors = Matrix<Float>(
      (0..<1200).map { index in
        let angle = Double(index) / 1200 * 3
        return [
          Float(1 - angle * angle / 2 + angle * angle * angle * angle / 24),
          Float(angle - angle * angle * angle / 6),
        ]
      })
    let rows = try SimilarRows(vectors, threads: Threads(2))
    #expect(try rows.groups(reaching: 0.9999) == [Array(0..<1200)])
    #expect(rows.cosine(0, 1199) < 0.5)
  }

  @Test func `All rows alike are one group, and what has no answer says why`() throws {
    let alike = try SimilarRows(Matrix<Float>(rows: 3000, columns: 4, filledWith: 2), threads: Threads(2))
    #expect(try alike.groups(reaching: 0.99) == [Array(0..<3000)])
    #expect(throws: SearchError.threshold(.infinity)) { try alike.groups(reaching: .infinity) }
    #expect(throws: SearchError.notFinite(query: 0)) {
      try SimilarRows(Matrix<Float>([[.infinity]]), threads: Threads(1))
    }
    let none = try SimilarRows(Matrix<Float>(rows: 0, columns: 4), threads: Threads(1))
    #expect(try none.groups(reaching: 0.5) == [])
    let zeros = try SimilarRows(Matrix<Float>(rows: 3, columns: 4), threads: Threads(1))
    #expect(try zeros.groups(reaching: 0.5) == [])
    #expect(try zeros.groups(reaching: 0) == [[0, 1, 2]])
  }
}
