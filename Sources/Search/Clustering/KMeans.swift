public import LinearAlgebra

/// k-means: the rows of a matrix in k clusters such that the squared distances of rows from the means of their clusters are small.
///
/// Plain Euclidean distances of the vectors as they are; of vectors of length 1 that is close to clustering by cosine. The steps are
/// Lloyd's (1982), one product of matrices each; the first centres are drawn as by k-means++ (Arthur and Vassilvitskii 2007). A cluster
/// that loses its rows begins anew with the row that is farthest from its centre. For one seed the answer is the same bits on any
/// number of threads.
public struct KMeans: Sendable {
  private let vectors: Matrix<Float>
  private let threads: Threads

  /// The most steps of one run.
  public static let mostSteps = 300
  private static let blockRows = 512

  /// Clusters of the rows of `vectors` [N × d].
  ///
  /// - Throws: ``SearchError/notFinite(query:)``, ``SearchError/scale(largest:)``.
  public init(_ vectors: Matrix<Float>, threads: Threads) throws(SearchError) {
    if let row = (0..<vectors.rows).first(where: { !vectors.row($0).allSatisfy(\.isFinite) }) {
      throw .notFinite(query: row)
    }
    let largest = vectors.elements.reduce(0) { max($0, abs($1)) }
    guard largest == 0 || (1e-12...1e12).contains(largest) else { throw .scale(largest: largest) }
    (self.vectors, self.threads) = (vectors, threads)
  }

  /// The best of `runs` clusterings from centres drawn anew. O(N·k·d) a step.
  ///
  /// - Parameters:
  ///   - count: How many clusters.
  ///   - seed: What decides the draws.
  ///   - runs: How often it is tried; that of the least inertia counts, of equals the first.
  ///   - progress: Told after each step which run it was of, from 0, and how many steps that has taken.
  /// - Returns: The clusters, the largest first.
  /// - Throws: ``SearchError/clusters(_:differentRows:)`` when `count` is less than 1 or there are fewer different rows.
  public func clusters(
    _ count: Int, seed: UInt64 = 0, runs: Int = 1,
    telling progress: (_ run: Int, _ steps: Int) -> Void = { _, _ in }
  ) throws(SearchError) -> Clustering {
    var random = SplitMix64(state: SplitMix64.mixed(seed))
    var best: Clustering?
    for run in 0..<max(1, runs) {
      let found = clusters(from: try seeds(count, drawing: &random)) { progress(run, $0) }
      if best.map({ found.inertia < $0.inertia }) ?? true { best = found }
    }
    guard let best else { throw .clusters(count, differentRows: 0) }
    return best
  }

  /// The clustering that Lloyd's steps make of given `centres` [k × d].
  public func clusters(from centres: Matrix<Float>, telling progress: (Int) -> Void = { _ in }) -> Clustering
  {
    var centres = centres
    var assigned = assignments(to: centres)
    var (steps, converged) = (0, false)
    while steps < Self.mostSteps, !converged {
      centres = means(of: assigned, from: centres)
      let next = assignments(to: centres)
      (assigned, converged) = (next, next == assigned)
      steps += 1
      progress(steps)
    }
    let distances = self.distances(of: assigned, from: centres)
    return Clustering(assigned, distances: distances, centres: centres, steps: steps, converged: converged)
  }

  /// Rows drawn as first centres, each with a probability in proportion to its squared distance from the nearest that was drawn.
  private func seeds(
    _ count: Int, drawing random: inout SplitMix64
  ) throws(SearchError) -> Matrix<Float> {
    guard count >= 1, vectors.rows > 0 else { throw .clusters(count, differentRows: min(vectors.rows, 1)) }
    var drawn = [Int(random.share() * Double(vectors.rows))]
    var distances = [Double](repeating: .infinity, count: vectors.rows)
    while drawn.count < count {
      let newest = vectors.row(drawn[drawn.count - 1])
      let known = distances
      distances = threads.mapBlocks(of: vectors.rows, by: Self.blockRows) { rows in
        rows.map { min(known[$0], vectors.row($0).squaredDistance(to: newest)) }
      }.flatMap { $0 }
      guard let row = distances.place(ofShare: random.share()) else {
        throw .clusters(count, differentRows: drawn.count)
      }
      drawn.append(row)
    }
    return vectors.rows(at: drawn)
  }

  /// The nearest centre of each row: that of the greatest x·c − ‖c‖²/2, the first of equals.
  private func assignments(to centres: Matrix<Float>) -> [Int] {
    let columns = PackedMatrix(centres, transposed: true)
    let halves = (0..<centres.rows).map { centre in
      Float(centres.row(centre).reduce(0.0) { $0 - Double($1) * Double($1) } / 2)
    }
    return threads.mapBlocks(of: vectors.rows, by: Self.blockRows) { rows in
      var scores = Matrix<Float>(rows: rows.count, columns: centres.rows)
      columns.multiply(vectors, rows: rows, plus: halves, into: &scores, rows: 0..<rows.count)
      return (0..<rows.count).map { scores.row($0).firstPlaceOfGreatest }
    }.flatMap { $0 }
  }

  /// The mean of each cluster's rows. Clusters without any take rows over: those farthest from the centres that they had.
  private func means(of assigned: [Int], from centres: Matrix<Float>) -> Matrix<Float> {
    let blocks = (vectors.rows + Self.blockRows - 1) / Self.blockRows
    var sums = threads.fold(blocks: blocks, into: { ClusterSums(centres.rows, width: centres.columns) }) {
      sums, block in
      for row in block * Self.blockRows..<min(vectors.rows, (block + 1) * Self.blockRows) {
        sums.add(vectors.row(row), to: assigned[row], sign: 1)
      }
    }.reduce(into: ClusterSums(centres.rows, width: centres.columns)) { $0.add($1) }
    let empty = sums.counts.indices.filter { sums.counts[$0] == 0 }
    if !empty.isEmpty {
      let distances = self.distances(of: assigned, from: centres)
      var farthest = distances.indices.sorted { (distances[$1], $0) < (distances[$0], $1) }[...]
      for cluster in empty {
        // A cluster keeps its last row.
        guard let row = farthest.popFirst(where: { sums.counts[assigned[$0]] > 1 }) else { break }
        sums.add(vectors.row(row), to: assigned[row], sign: -1)
        sums.add(vectors.row(row), to: cluster, sign: 1)
      }
    }
    return sums.means(orElse: centres)
  }

  /// The squared distance of each row from the centre of its cluster.
  private func distances(of assigned: [Int], from centres: Matrix<Float>) -> [Double] {
    threads.mapBlocks(of: vectors.rows, by: Self.blockRows) { rows in
      rows.map { vectors.row($0).squaredDistance(to: centres.row(assigned[$0])) }
    }.flatMap { $0 }
  }
}

extension ArraySlice<Float> {
  /// Where the greatest value stands, counted from the beginning; the first of equals.
  fileprivate var firstPlaceOfGreatest: Int {
    var (place, greatest) = (0, -Float.infinity)
    for (index, value) in enumerated() where value > greatest { (place, greatest) = (index, value) }
    return place
  }
}

extension ArraySlice<Int> {
  /// Drops what comes before the first that is `wanted`, and takes that.
  fileprivate mutating func popFirst(where wanted: (Int) -> Bool) -> Int? {
    while let next = popFirst() {
      if wanted(next) { return next }
    }
    return nil
  }
}
