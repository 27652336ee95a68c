internal import LinearAlgebra

/// What the rows of clusters sum up to, in double precision.
struct ClusterSums: Sendable {
  /// How many rows each cluster has.
  private(set) var counts: [Int]
  private var sums: [Double]
  private let width: Int

  /// No rows in any cluster.
  init(_ clusters: Int, width: Int) {
    counts = [Int](repeating: 0, count: clusters)
    sums = [Double](repeating: 0, count: clusters * width)
    self.width = width
  }

  /// Adds a row to a cluster, or takes it away where `sign` is −1. O(d).
  mutating func add(_ row: ArraySlice<Float>, to cluster: Int, sign: Int) {
    counts[cluster] += sign
    let (start, factor) = (cluster * width, Double(sign))
    sums.withUnsafeMutableBufferPointer { sums in
      for (column, value) in row.enumerated() { sums[start + column] += factor * Double(value) }
    }
  }

  /// Adds what other rows of the same clusters sum up to.
  mutating func add(_ other: ClusterSums) {
    for cluster in counts.indices { counts[cluster] += other.counts[cluster] }
    for index in sums.indices { sums[index] += other.sums[index] }
  }

  /// The mean of each cluster's rows; where there are none, the row of `centres`.
  func means(orElse centres: Matrix<Float>) -> Matrix<Float> {
    let elements = sums.indices.map { index in
      let count = counts[index / width]
      return count > 0 ? Float(sums[index] / Double(count)) : centres.elements[index]
    }
    return Matrix(rows: counts.count, columns: width, elements: elements)
  }
}
