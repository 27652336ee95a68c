public import LinearAlgebra

/// How much nearer rows are to their own cluster than to the next one (Rousseeuw 1987): (b − a) / max(a, b), where a is the mean distance
/// to the other rows of the own cluster and b the least mean distance to those of another; 0 for a row that is alone.
///
/// Distances are Euclidean, to all rows and not to centres, of a sample of rows. They come from products in single precision.
public struct Silhouette: Sendable, Hashable {
  /// The rows that were measured, ascending.
  public let rows: [Int]
  /// Their silhouettes, from −1 to 1.
  public let values: [Double]
  /// The cluster of each.
  private let clusters: [Int]

  /// The rows measured where there are more.
  public static let sampleSize = 2000
  private static let blockRows = 64
  private static let otherRows = 1024

  /// The silhouettes of the rows of `vectors` [N × d] in at least two clusters [N], or of a sample of them. O(sample·N·d).
  ///
  /// - Parameters:
  ///   - vectors: The rows.
  ///   - clusters: The cluster of each row, from 0.
  ///   - sample: How many rows are measured at the most.
  ///   - seed: What decides the sample.
  ///   - threads: The workers; the answer is the same bits for any number.
  public init(
    of vectors: Matrix<Float>, in clusters: [Int], sample: Int = sampleSize, seed: UInt64 = 0,
    threads: Threads
  ) {
    precondition(clusters.count == vectors.rows, "one cluster a row")
    let rows = Self.sample(sample, of: vectors.rows, seed: seed)
    let squares = threads.mapBlocks(of: vectors.rows, by: 512) { rows in
      rows.map { row in Float(vectors.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }) }
    }.flatMap { $0 }
    let count = (clusters.max() ?? 0) + 1
    let sizes = clusters.reduce(into: [Int](repeating: 0, count: count)) { $0[$1] += 1 }
    self.rows = rows
    self.clusters = rows.map { clusters[$0] }
    values = threads.mapBlocks(of: rows.count, by: Self.blockRows) { block in
      let sampled = block.map { rows[$0] }
      let columns = PackedMatrix(vectors.rows(at: sampled), transposed: true)
      // Σ of the distances of each sampled row from the rows of each cluster.
      var sums = Matrix<Double>(rows: sampled.count, columns: count)
      var products = Matrix<Float>(rows: Self.otherRows, columns: sampled.count)
      for start in stride(from: 0, to: vectors.rows, by: Self.otherRows) {
        let others = start..<min(vectors.rows, start + Self.otherRows)
        columns.multiply(vectors, rows: others, into: &products, rows: 0..<others.count)
        for other in others {
          for (place, row) in sampled.enumerated() where row != other {
            let square = squares[row] + squares[other] - 2 * products[other - start, place]
            sums[place, clusters[other]] += Double(max(0, square).squareRoot())
          }
        }
      }
      return sampled.enumerated().map { place, row in
        Self.value(sums.row(place), own: clusters[row], sizes: sizes)
      }
    }.flatMap { $0 }
  }

  /// The mean of all rows measured.
  public var mean: Double { values.reduce(0, +) / Double(max(1, values.count)) }

  /// The mean of the rows measured of a cluster; nil where there are none.
  public func mean(ofCluster cluster: Int) -> Double? {
    let own = zip(clusters, values).filter { $0.0 == cluster }
    return own.isEmpty ? nil : own.reduce(0) { $0 + $1.1 } / Double(own.count)
  }

  /// The silhouette of a row by the sums of its distances from each cluster's rows.
  private static func value(_ sums: ArraySlice<Double>, own: Int, sizes: [Int]) -> Double {
    guard sizes[own] > 1 else { return 0 }
    let inside = sums[sums.startIndex + own] / Double(sizes[own] - 1)
    let outside = sizes.indices.filter { $0 != own && sizes[$0] > 0 }
      .map { sums[sums.startIndex + $0] / Double(sizes[$0]) }.min()
    guard let outside, max(inside, outside) > 0 else { return 0 }
    return (outside - inside) / max(inside, outside)
  }

  /// Some of the first `count` numbers, ascending, all sets of that size alike: the draw of Floyd (Bentley 1987).
  private static func sample(_ size: Int, of count: Int, seed: UInt64) -> [Int] {
    guard size < count else { return Array(0..<count) }
    var random = SplitMix64(state: SplitMix64.mixed(seed))
    var drawn: Set<Int> = []
    for last in count - size..<count {
      let place = Int(random.share() * Double(last + 1))
      if !drawn.insert(place).inserted { drawn.insert(last) }
    }
    return drawn.sorted()
  }
}
