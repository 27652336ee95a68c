public import LinearAlgebra

extension RidgeStatistics {
  /// The statistics of other rows and labels: without the rows of `removed`, as they were counted in, and with those of `added`. A row
  /// whose label changed is in both.
  ///
  /// They are those of all rows that then are there, bit for bit, whatever the way. Nil where the rows' scale is another one then, so
  /// that all must be read. O((removed + added)·d²).
  ///
  /// - Throws: ``HeadError`` when the targets are not classes, a row of a class is removed that has none, or fewer than two rows or
  ///   classes are left.
  public func changed(
    removing removed: (features: Matrix<Float>, labels: ClassLabels),
    adding added: (features: Matrix<Float>, labels: ClassLabels), threads: Threads
  ) throws(HeadError) -> RidgeStatistics? {
    guard case .groups(.oneOf(let classes), let sums) = targets else {
      throw .unsuited(method: .ridge, to: answers)
    }
    guard (0..<added.features.rows).allSatisfy({ self.moments.holds(added.features.row($0)) }) else {
      return nil
    }
    let gone = FeatureMoments(removed.features, exponent: self.moments.exponent, threads: threads)
    let come = FeatureMoments(added.features, exponent: self.moments.exponent, threads: threads)
    guard self.moments.keepsItsScale(adding: come, removing: gone) else { return nil }
    let union = ClassLabels(classes + removed.labels.classes + added.labels.classes)
    var moments = self.moments
    moments.combine(gone, removing: true)
    moments.combine(come, removing: false)
    var all = sums.moved(
      to: ClassLabels.indices(of: classes, among: union.classes), groups: union.classes.count)
    for (rows, removing) in [(removed, true), (added, false)] {
      let change = GroupSums(rows.features, rows.labels, scaledAs: moments, threads: threads)
      let places = ClassLabels.indices(of: rows.labels.classes, among: union.classes)
      all.combine(change.moved(to: places, groups: union.classes.count), removing: removing)
    }
    if let group = all.counts.firstIndex(where: { $0 < 0 }) {
      throw .classes(problem: "more rows of “\(union.classes[group])” are removed than there are")
    }
    let left = all.counts.indices.filter { all.counts[$0] > 0 }
    guard moments.rows >= 2 else { throw .tooFewRows(moments.rows) }
    guard left.count >= 2 else { throw .tooFewClasses(left.count) }
    return RidgeStatistics(
      moments: moments, targets: .groups(.oneOf(left.map { union.classes[$0] }), all.groups(at: left)))
  }
}
