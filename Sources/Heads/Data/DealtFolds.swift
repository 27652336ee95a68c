/// Rows dealt out to folds that take turns in being held out: of each class as many to each fold as can be, so that a class is as frequent
/// in what is trained on as in what is held out. Every row is held out once, one whose class stands nowhere else as well.
public struct DealtFolds: Sendable {
  /// Each fold's turn: its rows are the holdout, and all others are trained on.
  public let splits: [StratifiedHoldout.Split]

  /// Deals the rows of `labels` out to `count` folds, one class after the other, in the order of a hash of the seed and of `keys`, of which each
  /// row has another one.
  ///
  /// - Throws: ``HeadError/tooFewGroups(_:folds:)`` when there are fewer rows than folds, or fewer than two folds;
  ///   ``HeadError/rowCount(features:labels:)``.
  public init(_ labels: ClassLabels, keys: [[UInt8]], count: Int, seed: UInt64) throws(HeadError) {
    guard keys.count == labels.count else { throw .rowCount(features: keys.count, labels: labels.count) }
    guard count >= 2, keys.count >= count else { throw .tooFewGroups(keys.count, folds: count) }
    let hashes = keys.map { KeyHash.value(of: $0, seed: seed) }
    let order = keys.indices.sorted { (labels.indices[$0], hashes[$0]) < (labels.indices[$1], hashes[$1]) }
    var folds = [Int](repeating: 0, count: keys.count)
    for (place, row) in order.enumerated() { folds[row] = place % count }
    splits = (0..<count).map { fold in StratifiedHoldout.Split(isHeld: folds.map { $0 == fold }) }
  }
}
