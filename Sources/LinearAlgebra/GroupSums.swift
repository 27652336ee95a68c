/// What groups of rows sum up to, exactly: the whole numbers of ``FeatureMoments``.
public struct GroupSums: Sendable, Equatable {
  /// How many features.
  public let width: Int
  /// How many rows each group has.
  public private(set) var counts: [Int]
  /// Σ q of each group and feature [groups × d].
  private(set) var sums: [Int64]

  /// No rows in any group.
  public init(groups: Int, width: Int) {
    self.width = width
    counts = [Int](repeating: 0, count: groups)
    sums = [Int64](repeating: 0, count: groups * width)
  }

  init(width: Int, counts: [Int], sums: [Int64]) {
    (self.width, self.counts, self.sums) = (width, counts, sums)
  }

  /// The sums of groups of rows. O(d) a group that a row is in.
  public init(
    _ features: Matrix<Float>, groups: Int, scaledAs moments: FeatureMoments, threads: Threads,
    of groupsOfRow: @Sendable (Int) -> ArraySlice<Int32>
  ) {
    let blockRows = 1024
    let partials = threads.fold(
      blocks: (features.rows + blockRows - 1) / blockRows,
      into: { GroupSums(groups: groups, width: features.columns) }
    ) { partial, block in
      for row in block * blockRows..<min(features.rows, (block + 1) * blockRows) {
        for group in groupsOfRow(row) {
          partial.combine(features.row(row), group: Int(group), scaledAs: moments, removing: false)
        }
      }
    }
    self = partials.reduce(into: GroupSums(groups: groups, width: features.columns)) {
      $0.combine($1, removing: false)
    }
  }

  /// Adds a row to a group, or takes it away. O(d).
  public mutating func combine(
    _ row: ArraySlice<Float>, group: Int, scaledAs moments: FeatureMoments, removing: Bool
  ) {
    let (scale, start, sign) = (moments.scale, group * row.count, Int64(removing ? -1 : 1))
    counts[group] += Int(sign)
    for (column, value) in row.enumerated() {
      sums[start + column] += sign * FeatureMoments.whole(value, scale: scale)
    }
  }

  /// Adds what other rows of the same groups sum up to, or takes it away.
  public mutating func combine(_ other: GroupSums, removing: Bool) {
    precondition(other.sums.count == sums.count, "sums of the same groups")
    for group in counts.indices { counts[group] += removing ? -other.counts[group] : other.counts[group] }
    for index in sums.indices { sums[index] += removing ? -other.sums[index] : other.sums[index] }
  }

  /// The sums with each group at its place among `groups`.
  public func moved(to places: [Int], groups: Int) -> GroupSums {
    var result = GroupSums(groups: groups, width: width)
    for (group, place) in places.enumerated() {
      result.counts[place] += counts[group]
      for column in 0..<width { result.sums[place * width + column] += sums[group * width + column] }
    }
    return result
  }

  /// The groups at `places`, in that order.
  public func groups(at places: [Int]) -> GroupSums {
    var result = GroupSums(groups: 0, width: width)
    result.counts = places.map { counts[$0] }
    result.sums = places.flatMap { sums[$0 * width..<($0 + 1) * width] }
    return result
  }

  /// Σ (x − mean of all rows) of each group [groups × d]. Only the last step rounds.
  public func centred(by moments: FeatureMoments) -> Matrix<Double> {
    let rows = Int128(max(1, moments.rows))
    let scale = moments.unit / Double(max(1, moments.rows))
    let elements = sums.enumerated().map { index, sum in
      let all = Int128(counts[index / max(1, width)]) * Int128(moments.sums[index % max(1, width)])
      return (rows * Int128(sum) - all).rounded * scale
    }
    return Matrix(rows: counts.count, columns: width, elements: elements)
  }
}
