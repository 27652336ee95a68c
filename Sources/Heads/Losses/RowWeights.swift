/// How often each row counts in a loss: as often as its class does, times what is said of the row itself.
struct RowWeights: Sendable {
  /// Of each class [classes]; nil where all count once.
  private let classes: [Float]?
  /// Of each row [N]; nil where all count once.
  private let rows: [Float]?

  init(classes: [Float]? = nil, rows: [Float]? = nil) {
    (self.classes, self.rows) = (classes, rows)
  }

  /// How often a row of a class counts.
  func weight(ofRow row: Int, class label: Int32) -> Float {
    weight(ofClass: Int(label)) * (rows?[row] ?? 1)
  }

  /// How often a row of a class counts of which nothing else is said.
  func weight(ofClass label: Int) -> Float { classes?[label] ?? 1 }

  /// Those of rows of these classes one by one; nil where all count once.
  func weights(of labels: ArraySlice<Int32>) -> [Float]? {
    guard classes != nil || rows != nil else { return nil }
    return labels.indices.map { weight(ofRow: $0, class: labels[$0]) }
  }

  /// How often the rows of each of so many classes count together.
  func masses(of labels: [Int32], classes count: Int) -> [Double] {
    guard let rows else {
      let counts = labels.reduce(into: [Double](repeating: 0, count: count)) { $0[Int($1)] += 1 }
      return classes.map { zip(counts, $0).map { $0 * Double($1) } } ?? counts
    }
    return zip(labels, rows).reduce(into: [Double](repeating: 0, count: count)) { sums, row in
      sums[Int(row.0)] += Double(row.1) * Double(weight(ofClass: Int(row.0)))
    }
  }

  /// Those of some of the rows.
  func rows(at places: [Int]) -> RowWeights {
    RowWeights(classes: classes, rows: rows.map { rows in places.map { rows[$0] } })
  }
}
