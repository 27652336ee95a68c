internal import LinearAlgebra

/// The rows cut into folds that take turns in being held out, as even as can be, overall and of each class. No key and no group is
/// in two folds.
///
/// Clusters of rows that are bound to each other are dealt out from the largest to the smallest, of equals by a hash of the seed and
/// what they are known by, each to the fold that has the least of its classes by χ², as scikit-learn's `StratifiedGroupKFold` does by
/// the deviation. A cluster that has all rows of a class is always trained on.
public struct GroupedFolds: Sendable {
  /// Each fold's turn, `repeats` times over: its rows are the holdout, and all others are trained on.
  public let splits: [StratifiedHoldout.Split]

  /// Deals the rows of `labels` out to `count` folds, anew as often as `repeats` says; `keys` has one key a row, and `groups`, if there
  /// are any, a group or nil.
  ///
  /// - Throws: ``HeadError/tooFewGroups(_:folds:)`` when there are fewer than two folds, or fewer clusters to deal out than folds;
  ///   ``HeadError/rowCount(features:labels:)``.
  public init(
    _ labels: ClassLabels, keys: [[UInt8]], groups: [[UInt8]?]? = nil, count: Int, repeats: Int = 1,
    seed: UInt64
  ) throws(HeadError) {
    let clusters = try RowClusters(labels, keys: keys, groups: groups)
    var splits: [StratifiedHoldout.Split] = []
    for turn in 0..<repeats {
      let ordered = clusters.ordered(by: SplitMix64.mixed(seed) &+ UInt64(turn))
      let folds = try Self.dealt(ordered, totals: labels.counts, to: count)
      splits += (0..<count).map { fold in StratifiedHoldout.Split(isHeld: folds.map { $0 == fold }) }
    }
    self.splits = splits
  }

  /// The fold of each row; nil for one that is always trained on.
  private static func dealt(
    _ clusters: [RowClusters.Cluster], totals: [Int], to count: Int
  ) throws(HeadError) -> [Int?] {
    let dealt = clusters.filter { $0.counts.allSatisfy { $0.rows < totals[$0.class_] } }
    guard count >= 2, dealt.count >= count else { throw .tooFewGroups(dealt.count, folds: count) }
    var folds = [Int?](repeating: nil, count: totals.reduce(0, +))
    var ofClass = [[Int]](repeating: [Int](repeating: 0, count: totals.count), count: count)
    var sizes = [Int](repeating: 0, count: count)
    let order = dealt.indices.sorted {
      let (one, other) = (dealt[$0].rows.count, dealt[$1].rows.count)
      return one != other ? one > other : $0 < $1
    }
    for cluster in order.map({ dealt[$0] }) {
      let costs = ofClass.map { counts in
        cluster.counts.reduce(0) { $0 + Double(counts[$1.class_] * $1.rows) / Double(totals[$1.class_]) }
      }
      let fold = (0..<count).min { (costs[$0], sizes[$0]) < (costs[$1], sizes[$1]) } ?? 0
      for part in cluster.counts { ofClass[fold][part.class_] += part.rows }
      sizes[fold] += cluster.rows.count
      for row in cluster.rows { folds[row] = fold }
    }
    return folds
  }
}
