import LinearAlgebra
import Search
import Testing

/// k-means and silhouettes are held against scikit-learn's, from the same centres.
struct KMeansTests {
  private func draw(_ rows: Int, _ columns: Int, using random: inout SplitMix64) -> Matrix<Float> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in Float.random(in: -1...1, using: &random) })
  }

  /// Σ ‖x − centre‖², term by term.
  private func inertia(_ found: Clustering, of vectors: Matrix<Float>) -> Double {
    found.clusters.enumerated().reduce(0) { sum, place in
      zip(vectors.row(place.offset), found.centres.row(place.element)).reduce(sum) {
        $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
      }
    }
  }

  @Test(arguments: 0..<3)
  func `From scikit-learn's centres to its labels, means and inertia`(number: Int) throws {
    let problem = try ClusteringGolden.read().clusters[number]
    for threads in [1, 3] {
      let found = try KMeans(Matrix(problem.vectors), threads: Threads(threads))
        .clusters(from: Matrix(problem.centres))
      #expect(found.clusters == problem.labels)
      #expect(found.nearest == problem.nearest)
      #expect(found.converged && found.steps > 1)
      #expect(abs(found.inertia - problem.inertia) < 1e-5 * problem.inertia)
      for (cluster, mean) in problem.means.enumerated() {
        for (one, other) in zip(found.centres.row(cluster), mean) { #expect(abs(Double(one) - other) < 1e-5) }
      }
    }
  }

  @Test(arguments: 0..<3)
  func `Silhouettes are scikit-learn's`(number: Int) throws {
    let problem = try ClusteringGolden.read().clusters[number]
    let vectors = Matrix(problem.vectors)
    let all = Silhouette(of: vectors, in: problem.labels, threads: Threads(2))
    #expect(all.rows == Array(problem.labels.indices) && abs(all.mean - problem.silhouette) < 1e-5)
    for (value, expected) in zip(all.values, problem.silhouettes) { #expect(abs(value - expected) < 1e-4) }
    for cluster in 0..<problem.centres.count {
      let own = zip(problem.labels, problem.silhouettes).filter { $0.0 == cluster }.map(\.1)
      let mean = try #require(all.mean(ofCluster: cluster))
      #expect(abs(mean - own.reduce(0, +) / Double(own.count)) < 1e-4)
    }
    // Those of a sample are those rows' own, from all rows.
    let some = Silhouette(of: vectors, in: problem.labels, sample: 50, seed: 3, threads: Threads(3))
    #expect(some.rows.count == 50 && Set(some.rows).count == 50)
    for (row, value) in zip(some.rows, some.values) { #expect(abs(value - problem.silhouettes[row]) < 1e-4) }
    let other = Silhouette(of: vectors, in: problem.labels, sample: 50, seed: 4, threads: Threads(1))
    #expect(other.rows != some.rows)
    #expect(some == Silhouette(of: vectors, in: problem.labels, sample: 50, seed: 3, threads: Threads(1)))
  }

  @Test(arguments: 0..<6)
  func `A seed gives the same bits on any number of threads, and no step would change them`(seed: UInt64)
    throws
  {
    var random = SplitMix64(state: seed)
    let vectors = draw(
      Int.random(in: 600...1500, using: &random), Int.random(in: 1...20, using: &random), using: &random)
    let count = Int.random(in: 2...12, using: &random)
    let found = try [1, 2, 5].map {
      try KMeans(vectors, threads: Threads($0)).clusters(count, seed: seed, runs: 3)
    }
    #expect(found[0] == found[1] && found[1] == found[2], "seed \(seed)")
    let best = found[0]
    #expect(best.converged && best.sizes.allSatisfy { $0 > 0 } && best.sizes == best.sizes.sorted(by: >))
    #expect(abs(best.inertia - inertia(best, of: vectors)) < 1e-9 * best.inertia, "seed \(seed)")
    let again = try KMeans(vectors, threads: Threads(2)).clusters(from: best.centres)
    #expect(again.clusters == best.clusters && again.steps == 1, "seed \(seed)")
    let once = try KMeans(vectors, threads: Threads(2)).clusters(count, seed: seed)
    #expect(once.inertia >= best.inertia, "seed \(seed)")
    let other = try KMeans(vectors, threads: Threads(2)).clusters(count, seed: seed + 100)
    #expect(other.centres != once.centres, "seed \(seed)")
  }

  @Test func `As many clusters as there are different rows are those rows; with more there is no answer`()
    throws
  {
    let rows: [[Float]] = [[0, 0], [1, 0], [0, 0], [0, 1], [1, 0], [0, 0]]
    let means = try KMeans(Matrix(rows), threads: Threads(2))
    for seed in 0..<20 as Range<UInt64> {
      let found = try means.clusters(3, seed: seed)
      #expect(found.clusters == [0, 1, 0, 2, 1, 0] && found.sizes == [3, 2, 1] && found.inertia == 0)
      #expect(found.nearest == [0, 1, 3])
    }
    #expect(throws: SearchError.clusters(4, differentRows: 3)) { try means.clusters(4) }
    #expect(throws: SearchError.clusters(0, differentRows: 1)) { try means.clusters(0) }
    let none = try KMeans(Matrix(rows: 0, columns: 3), threads: Threads(1))
    #expect(throws: SearchError.clusters(2, differentRows: 0)) { try none.clusters(2) }
  }

  @Test func `Values that are no measure are refused`() {
    #expect(throws: SearchError.notFinite(query: 1)) {
      try KMeans(Matrix([[0], [.nan]]), threads: Threads(1))
    }
    for value in [1e30, 1e-30] as [Float] {
      #expect(throws: SearchError.scale(largest: value)) {
        try KMeans(Matrix([[0], [-value]]), threads: Threads(1))
      }
    }
  }

  @Test func `A row that is alone in its cluster has no silhouette, nor have rows that are all alike`() {
    let alone = Silhouette(of: Matrix([[0], [1], [9]]), in: [0, 0, 1], threads: Threads(1))
    #expect(alone.values[2] == 0 && alone.values[0] > 0.8)
    let alike = Silhouette(of: Matrix([[1], [1], [1], [1]]), in: [0, 1, 0, 1], threads: Threads(1))
    #expect(alike.values == [0, 0, 0, 0] && alike.mean(ofCluster: 7) == nil)
  }
}
