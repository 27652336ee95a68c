/// The rows cut into folds that take turns in being held out, as even as can be, overall and of each class. No key and no group is
/// in two folds.
///
/// Clusters of rows that are bound to each other are dealt out from the largest to the smallest, of equals by a hash of the seed and
/// what they are known by, each to the fold that has the least of its classes by χ², as scikit-learn's `StratifiedGroupKFold` does by
/// the deviation. A cluster that has all rows of a class is always trained on.
public struct GroupedFolds: Sendable {
  /// Each fold's turn: its rows are the holdout, and all others are trained on.
  public let splits: [StratifiedHoldout.Split]

  /// Deals the rows of `labels` out to `count` folds; `keys` has one key a row, and `groups`, if there are any, a group or nil.
  ///
  /// - Throws: ``HeadError/tooFewGroups(_:folds:)`` when there are fewer than two folds, or fewer clusters to deal out than folds;
  ///   ``HeadError/rowCount(features:labels:)``.
  public init(
    _ labels: ClassLabels, keys: [[UInt8]], groups: [[UInt8]?]? = nil, count: Int, seed: UInt64
  ) throws(HeadError) {
    let totals = labels.counts
    let clusters = try RowClusters(labels, keys: keys, groups: groups).ordered(by: seed)
      .filter { $0.counts.allSatisfy { $0.rows < totals[$0.class_] } }
    guard count >= 2, clusters.count >= count else { throw .tooFewGroups(clusters.count, folds: count) }
    var folds = [Int?](repeating: nil, count: labels.count)
    var ofClass = [[Int]](repeating: [Int](repeating: 0, count: totals.count), count: count)
    var sizes = [Int](repeating: 0, count: count)
    let order = clusters.indices.sorted {
      let (one, other) = (clusters[$0].rows.count, clusters[$1].rows.count)
      return one != other ? one > other : $0 < $1
    }
    for cluster in order.map({ clusters[$0] }) {
      let costs = ofClass.map { counts in
        cluster.counts.reduce(0) { $0 + Double(counts[$1.class_] * $1.rows) / Double(totals[$1.class_]) }
      }
      let fold = (0..<count).min { (costs[$0], sizes[$0]) < (costs[$1], sizes[$1]) } ?? 0
      for part in cluster.counts { ofClass[fold][part.class_] += part.rows }
      sizes[fold] += cluster.rows.count
      for row in cluster.rows { folds[row] = fold }
    }
    let dealt = folds
    splits = (0..<count).map { fold in
      StratifiedHoldout.Split(
        training: dealt.indices.filter { dealt[$0] != fold },
        holdout: dealt.indices.filter { dealt[$0] == fold })
    }
  }
}
