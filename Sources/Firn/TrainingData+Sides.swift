internal import Heads
internal import LinearAlgebra

extension TrainingData {
  /// The rows of a source and behind them those of a target, whose classes are the side that each is of: what a classifier learns from that
  /// tells the two apart.
  init(telling source: Matrix<Float>, from target: Matrix<Float>) throws(HeadError) {
    let rows = source.rows + target.rows
    try self.init(
      features: Matrix(rows: rows, columns: source.columns, elements: source.elements + target.elements),
      labels: ClassLabels(
        classes: ["source", "target"], indices: (0..<rows).map { $0 < source.rows ? 0 : 1 }))
  }
}
