import Foundation
import LinearAlgebra
import Search
import Testing

/// Searches by each metric, held against SciPy and scikit-learn, and against brute force.
struct MetricTests {
  private struct Answers: Decodable {
    struct Answer: Decodable {
      let ids: [Int]
      let scores: [Double]
    }
    struct Within: Decodable {
      let radius: Double
      let ids: [[Int]]
    }
    let answers: [String: [Answer]]
    let within: Within
  }

  @Test(arguments: Metric.allCases, [1, 2, 3])
  func `The nearest are those of the original software, ties by row`(metric: Metric, threads: Int) throws {
    let expected = try #require(Golden.json("metrics.json", Answers.self).answers[metric.rawValue])
    let queries = try Golden.matrix("queries.f32")
    let search = ExactSearch(try Golden.matrix("vectors.f32"), by: metric, threads: Threads(threads))
    let together = try search.nearest(10, to: queries)
    for (query, answer) in expected.enumerated() {
      #expect(together[query].map(\.row) == answer.ids)
      for (neighbour, score) in zip(together[query], answer.scores) {
        #expect(abs(neighbour.score - score) <= 1e-11, "\(neighbour)")
      }
      #expect(try search.nearest(10, to: queries.rows(at: [query])) == [together[query]])
    }
  }

  @Test func `Within a radius lies what the original software finds there`() throws {
    let expected = try Golden.json("metrics.json", Answers.self).within
    let queries = try Golden.matrix("queries.f32")
    let search = ExactSearch(try Golden.matrix("vectors.f32"), by: .euclidean, threads: Threads(2))
    let wanted = Wanted(within: -expected.radius)
    let together = try search.nearest(wanted, to: queries)
    #expect(together.map { $0.map(\.row).sorted() } == expected.ids)
    for query in 0..<queries.rows {
      #expect(try search.nearest(wanted, to: queries.rows(at: [query])) == [together[query]])
    }
  }

  /// All rows by brute force, nearest first.
  private func bruteForce(
    _ vectors: Matrix<Float>, _ query: ArraySlice<Float>, by metric: Metric
  ) -> [Neighbour] {
    /// Sixteen sums side by side, as scores are made.
    func sum(
      _ x: some Sequence<Float>, _ y: some Sequence<Float>, of term: (Double, Double, Double) -> Double
    ) -> Double {
      var sums = [Double](repeating: 0, count: 16)
      for (index, (x, y)) in zip(x, y).enumerated() {
        sums[index % 16] = term(sums[index % 16], Double(x), Double(y))
      }
      for width in [8, 4, 2, 1] {
        for lane in 0..<width { sums[lane] += sums[lane + width] }
      }
      return sums[0]
    }
    func dot(_ x: some Sequence<Float>, _ y: some Sequence<Float>) -> Double {
      sum(x, y) { $0.addingProduct($1, $2) }
    }
    return (0..<vectors.rows).map { row in
      let vector = vectors.row(row)
      switch metric {
      case .cosine:
        let norms = dot(vector, vector).squareRoot() > 0 && dot(query, query) > 0
        let product =
          dot(vector, query) * (1 / dot(vector, vector).squareRoot()) * (1 / dot(query, query).squareRoot())
        return Neighbour(row: row, score: norms ? product : 0)
      case .innerProduct:
        return Neighbour(row: row, score: dot(vector, query))
      case .euclidean:
        let square = sum(vector, query) { $0.addingProduct($1 - $2, $1 - $2) }
        return Neighbour(row: row, score: -square.squareRoot())
      }
    }.sorted()
  }

  /// Rows among which bounds have a hard time: of every length that floats have, copies but for the last bits, spikes, zeros.
  private func draw(_ rows: Int, _ columns: Int, _ random: inout SplitMix64) -> Matrix<Float> {
    var vectors = Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &random) })
    let lengths: ClosedRange<Float> = Bool.random(using: &random) ? -148...127 : -3...3
    for row in 0..<rows {
      let scale = exp2(Float.random(in: lengths, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0 where row > 0:
        for column in 0..<columns { vectors[row, column] = vectors[row - 1, column].nextUp }
      case 1 where row > 0: for column in 0..<columns { vectors[row, column] = vectors[row - 1, column] }
      case 2: for column in 0..<columns { vectors[row, column] *= scale }
      case 3: vectors[row, 0] = 50
      case 4: for column in 0..<columns { vectors[row, column] = 0 }
      case 5: for column in 0..<columns { vectors[row, column].round() }
      default: break
      }
    }
    return vectors
  }

  @Test(arguments: 0..<24)
  func `Any vectors: few queries, many and those of a scan have the answers of brute force`(seed: UInt64)
    throws
  {
    var random = SplitMix64(state: seed)
    let (rows, columns) = (Int.random(in: 1...1200, using: &random), [1, 3, 31, 40, 300][Int(seed) % 5])
    let vectors = draw(rows, columns, &random)
    let others = draw(5, columns, &random)
    let zeros = [Float](repeating: 0, count: columns)
    let queries = Matrix(
      rows: 8, columns: columns,
      elements: vectors.row(rows / 2) + vectors.row(rows - 1) + others.elements + zeros)
    // So many that vectors are taken in integers first.
    let crowd = queries.rows(at: (0..<40).map { $0 % 8 })
    for metric in Metric.allCases {
      let search = ExactSearch(vectors, by: metric, threads: Threads(Int(seed) % 3 + 1))
      let expected = (0..<8).map { bruteForce(vectors, queries.row($0), by: metric) }
      for count in [1, 10, rows + 3] {
        let wanted = expected.map { Array($0.prefix(count)) }
        #expect(try search.nearest(Wanted(count), to: queries) == wanted, "seed \(seed), \(metric)")
        let crowded = try search.nearest(Wanted(count), to: crowd)
        #expect(crowded == (0..<40).map { wanted[$0 % 8] }, "seed \(seed), \(metric)")
        for query in 0..<8 {
          let alone = try search.nearest(Wanted(count), to: queries.rows(at: [query]))
          #expect(alone == [wanted[query]], "seed \(seed), \(metric), query \(query)")
        }
      }
      for (query, all) in expected.enumerated() {
        // At the boundary itself, and just before it.
        let edge = all[Int.random(in: 0..<rows, using: &random)].score
        for least in [edge, edge.nextUp, edge.nextDown] {
          let within = all.filter { $0.score >= least }
          for count in [nil, 5, rows] {
            let wanted = Wanted(count, within: least)
            let few = try search.nearest(wanted, to: queries.rows(at: [query]))
            let many = try search.nearest(wanted, to: queries)[query]
            let crowded = try search.nearest(wanted, to: crowd)[query + 32]
            let expected = Array(within.prefix(count ?? rows))
            #expect(
              few == [expected] && many == expected && crowded == expected,
              "seed \(seed), \(metric), query \(query)")
          }
        }
      }
    }
  }

  @Test(arguments: Metric.allCases)
  func `What has no answer says why, and what is not finite is nobody's neighbour`(metric: Metric) throws {
    let search = ExactSearch(
      Matrix<Float>(rows: 4, columns: 2, elements: [1, 2, .nan, 0, .infinity, 0, 3, 4]), by: metric,
      threads: Threads(1))
    let query = Matrix<Float>(rows: 1, columns: 2, elements: [1, 1])
    for _ in 0..<2 {
      #expect(try search.nearest(9, to: query)[0].map(\.row).sorted() == [0, 3])
      #expect(try search.nearest(Wanted(within: -.infinity), to: query)[0].map(\.row).sorted() == [0, 3])
    }
    let crowd = query.rows(at: [Int](repeating: 0, count: 40))
    #expect(try search.nearest(9, to: crowd).allSatisfy { $0.map(\.row).sorted() == [0, 3] })
    #expect(throws: SearchError.dimension(queries: 3, vectors: 2)) {
      try search.nearest(1, to: Matrix(rows: 1, columns: 3))
    }
    #expect(throws: SearchError.notFinite(query: 1)) {
      try search.nearest(1, to: Matrix(rows: 2, columns: 2, elements: [0, 0, .nan, 0]))
    }
    #expect(throws: SearchError.count(0)) { try search.nearest(0, to: query) }
    #expect(throws: SearchError.count(-2)) { try search.nearest(Wanted(-2, within: 0), to: query) }
    #expect(throws: SearchError.reach) { try search.nearest(Wanted(within: .nan), to: query) }
    let empty = ExactSearch(Matrix<Float>(rows: 0, columns: 0), by: metric, threads: Threads(1))
    #expect(try empty.nearest(3, to: query) == [[]] && empty.nearest(Wanted(within: 0), to: query) == [[]])
  }

  @Test func `Of equals the distance is zero, without a sign`() throws {
    let vectors = Matrix<Float>(rows: 2, columns: 2, elements: [0, 0, 3, 4])
    let search = ExactSearch(vectors, by: .euclidean, threads: Threads(1))
    for _ in 0..<2 {
      for found in try search.nearest(1, to: vectors) {
        #expect(found[0].score.sign == .plus && found[0].score == 0)
      }
      let five = try search.nearest(2, to: vectors.rows(at: [1]))[0]
      #expect(five == [Neighbour(row: 1, score: 0), Neighbour(row: 0, score: -5)])
    }
  }
}
