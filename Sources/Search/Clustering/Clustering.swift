public import LinearAlgebra

/// Rows dealt out to clusters, the largest first.
public struct Clustering: Sendable, Hashable {
  /// The cluster of each row [N], from 0.
  public let clusters: [Int]
  /// The mean of each cluster's rows [k × d].
  public let centres: Matrix<Float>
  /// How many rows each cluster has [k].
  public let sizes: [Int]
  /// The row nearest to each centre [k]; the first of equals, and nil in a cluster without rows.
  public let nearest: [Int?]
  /// Σ ‖x − its centre‖², in double precision: what is minimised.
  public let inertia: Double
  /// How many steps were taken.
  public let steps: Int
  /// Whether another step would change nothing.
  public let converged: Bool

  /// The clustering by `centres` [k × d], of which each of the `assigned` rows [N] has one at a squared distance of `distances` [N].
  init(
    _ assigned: [Int], distances: [Double], centres: Matrix<Float>, steps: Int, converged: Bool
  ) {
    var sizes = [Int](repeating: 0, count: centres.rows)
    var nearest = [Int?](repeating: nil, count: centres.rows)
    for (row, cluster) in assigned.enumerated() {
      sizes[cluster] += 1
      if nearest[cluster].map({ distances[row] < distances[$0] }) ?? true { nearest[cluster] = row }
    }
    var first = [Int](repeating: assigned.count, count: centres.rows)
    for (row, cluster) in assigned.enumerated().reversed() { first[cluster] = row }
    let order = sizes.indices.sorted { (sizes[$1], first[$0]) < (sizes[$0], first[$1]) }
    var places = [Int](repeating: 0, count: sizes.count)
    for (place, cluster) in order.enumerated() { places[cluster] = place }
    clusters = assigned.map { places[$0] }
    self.centres = centres.rows(at: order)
    self.sizes = order.map { sizes[$0] }
    self.nearest = order.map { nearest[$0] }
    inertia = distances.reduce(0, +)
    (self.steps, self.converged) = (steps, converged)
  }
}
