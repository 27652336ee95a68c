extension StratifiedHoldout {
  /// Splits the rows of `labels` so that no group and no key is on both sides; rows whose group is nil are bound by their keys alone.
  ///
  /// Clusters of rows that are bound to each other are taken in the order of their hashes, and held out where that brings what is
  /// held of the classes nearer to the share of each, by χ². A class is never held out whole.
  ///
  /// - Throws: ``HeadError/nothingToHoldOut(smallest:)`` when a share is asked for and no cluster can be; ``HeadError/rowCount(features:labels:)``.
  public func split(
    _ labels: ClassLabels, keys: [[UInt8]], groups: [[UInt8]?]
  ) throws(HeadError) -> Split {
    let clusters = try RowClusters(labels, keys: keys, groups: groups)
    let totals = labels.counts
    var held = [Int](repeating: 0, count: totals.count)
    var isHeld = [Bool](repeating: false, count: labels.count)
    var smallest: Int?
    for cluster in clusters.ordered(by: seed) {
      guard cluster.counts.allSatisfy({ held[$0.class_] + $0.rows < totals[$0.class_] }) else { continue }
      smallest = min(smallest ?? .max, cluster.rows.count)
      let change = cluster.counts.reduce(0.0) { sum, part in
        let (total, before) = (Double(totals[part.class_]), Double(held[part.class_]))
        let (missing, rows) = (share * total - before, Double(part.rows))
        return sum + rows * (rows - 2 * missing) / total
      }
      guard change < 0 else { continue }
      for part in cluster.counts { held[part.class_] += part.rows }
      for row in cluster.rows { isHeld[row] = true }
    }
    guard share == 0 || isHeld.contains(true) else { throw .nothingToHoldOut(smallest: smallest) }
    return Split(isHeld: isHeld)
  }
}
