internal import LinearAlgebra

/// The mean of each class's rows, around the mean of all.
struct ClassMeans: Sendable {
  /// The mean of all rows [d].
  let centre: [Double]
  /// The mean of each class, less the centre [classes × d].
  let means: Matrix<Double>
  /// How many rows each class has.
  let counts: [Int]

  /// The means of groups of rows, `groups` of each row. O(N·d) a group that a row is in.
  init(
    _ features: Matrix<Float>, groups: Int, threads: Threads, of groupsOfRow: (Int) -> [Int]
  ) {
    centre = features.columnMeans(threads: threads)
    let width = features.columns
    var sums = [Double](repeating: 0, count: groups * width)
    var counts = [Int](repeating: 0, count: groups)
    for row in 0..<features.rows {
      for group in groupsOfRow(row) {
        counts[group] += 1
        let (source, target) = (row * width, group * width)
        for column in 0..<width {
          sums[target + column] += Double(features.elements[source + column]) - centre[column]
        }
      }
    }
    for group in 0..<groups {
      for index in group * width..<(group + 1) * width { sums[index] /= Double(max(1, counts[group])) }
    }
    self.counts = counts
    means = Matrix(rows: groups, columns: width, elements: sums)
  }
}
