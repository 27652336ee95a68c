public import LinearAlgebra

/// How unlike rows are to those that a head was trained on: the squared Mahalanobis distance to the nearest class's mean (Lee et al.
/// 2018), with the covariance around those means shrunk as Ledoit and Wolf (2004) found best. For tags and numbers all rows are one
/// class.
public struct Novelty: Sendable {
  /// The share of rows like those trained on that are rejected.
  public static let rejectedShare = 0.05

  /// The distance from which on a row is rejected: that of the nearest of the farthest 5 % of the rows held out.
  public let threshold: Double
  private let prototypes: Prototypes
  private let covariance: PooledCovariance

  /// Learns what is usual from rows trained on, and the threshold from rows `held` out. O(N·d² + d³).
  ///
  /// - Throws: ``HeadError/tooFewRows(_:)`` when no rows are held out.
  public init(_ data: TrainingData, held: Matrix<Float>, threads: Threads) throws(HeadError) {
    guard held.rows > 0 else { throw .tooFewRows(0) }
    let labels = data.targets.strata
    let means = ClassMeans(data.features, groups: labels.classes.count, threads: threads) {
      [Int(labels.indices[$0])]
    }
    covariance = PooledCovariance(data.features, labels: labels, means: means, threads: threads)
    let covariance = covariance
    prototypes = Prototypes(means) { covariance.solve(rowsOf: $0) }
    let distances = Self.distances(of: held, from: prototypes, by: covariance, threads: threads).sorted()
    let place = Int((Double(held.rows) * (1 - Self.rejectedShare)).rounded(.up))
    threshold = distances[min(place, distances.count - 1)]
  }

  /// The squared distance of each row [N × d]. O(N·d·(d + classes)).
  public func distances(of features: Matrix<Float>, threads: Threads) -> [Double] {
    Self.distances(of: features, from: prototypes, by: covariance, threads: threads)
  }

  private static func distances(
    of features: Matrix<Float>, from prototypes: Prototypes, by covariance: PooledCovariance, threads: Threads
  ) -> [Double] {
    // xᵀΣ⁻¹x − 2·xᵀΣ⁻¹μ + μᵀΣ⁻¹μ.
    let blocks = threads.mapBlocks(of: features.rows, by: 512) { rows -> [Double] in
      let centred = features.rows(rows, minus: prototypes.centre)
      let products = centred.times(prototypes.weights, transposingOther: true)
      return covariance.squaredLengths(of: centred).enumerated().map { row, square in
        let nearest = zip(products.row(row), prototypes.squares).lazy.map { $1 - 2 * $0 }.min() ?? 0
        return max(0, square + nearest)
      }
    }
    return blocks.flatMap { $0 }
  }
}
