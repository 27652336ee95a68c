/// Which tags are there, row by row, and how often that counts.
struct TagTruth: Sendable {
  /// The tags of each row [N], ascending.
  private let tags: [[Int32]]
  private let weights: TagWeights?
  /// How often the rows that have each tag count together [tags].
  let present: [Double]
  /// How often the rows that have each tag not count together [tags].
  let absent: [Double]

  private init(_ tags: [[Int32]], of count: Int, weights: TagWeights?) {
    (self.tags, self.weights) = (tags, weights)
    let rows = tags.joined().reduce(into: [Double](repeating: 0, count: count)) { $0[Int($1)] += 1 }
    present = rows.indices.map { rows[$0] * Double(weights?.present[$0] ?? 1) }
    absent = rows.indices.map { (Double(tags.count) - rows[$0]) * Double(weights?.absent[$0] ?? 1) }
  }

  init(_ labels: TagLabels, weights: ClassWeights?) {
    self.init(labels.indices, of: labels.tags.count, weights: weights?.weights(of: labels))
  }

  /// How many tags there are.
  var count: Int { present.count }

  /// Whether everything counts once.
  var countsEvenly: Bool { weights == nil }

  /// The tags of a row.
  subscript(row: Int) -> [Int32] { tags[row] }

  /// How often a row counts by a tag that is there, or is not.
  func weight(_ tag: Int, isThere: Bool) -> Float {
    weights.map { isThere ? $0.present[tag] : $0.absent[tag] } ?? 1
  }

  /// Every row of a range, by its place in the range, with every tag, and whether it is there.
  func forEach(in rows: Range<Int>, _ body: (_ place: Int, _ tag: Int, _ isThere: Bool) -> Void) {
    for (place, row) in rows.enumerated() {
      var next = tags[row][...]
      for tag in 0..<count {
        let isThere = next.first.map { Int($0) } == tag
        if isThere { next.removeFirst() }
        body(place, tag, isThere)
      }
    }
  }

  /// That of some of the rows.
  func rows(at rows: [Int]) -> TagTruth {
    TagTruth(rows.map { tags[$0] }, of: count, weights: weights)
  }

  /// How often the rows count together by each tag [tags].
  var masses: [Double] { zip(present, absent).map { $0 + $1 } }
}
