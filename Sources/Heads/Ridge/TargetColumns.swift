internal import LinearAlgebra

/// The targets of several tasks of the same rows side by side, a column for each output.
struct TargetColumns: Sendable {
  /// The targets of each task.
  let tasks: [Targets]
  /// The columns of each task.
  let columns: [Range<Int>]
  /// The rows of each task that its link is fitted to, ascending.
  let linkRows: [[Int]]

  init(_ tasks: [Targets]) {
    self.init(tasks, linkRows: tasks.map(RidgeTrainer.linkRows))
  }

  private init(_ tasks: [Targets], linkRows: [[Int]]) {
    (self.tasks, self.linkRows) = (tasks, linkRows)
    var end = 0
    columns = tasks.map { task in
      defer { end += task.answers.count }
      return end..<end + task.answers.count
    }
  }

  /// The same, with all rows for the links.
  var keepingAllRows: TargetColumns {
    TargetColumns(tasks, linkRows: tasks.map { Array(0..<$0.count) })
  }

  /// How many columns there are.
  var count: Int { columns.last?.upperBound ?? 0 }

  /// The mean of each column.
  var means: [Double] {
    tasks.flatMap { task in
      // A target of ±1 is 2·(1 or 0) − 1.
      if case .numbers = task { task.shares } else { task.shares.map { 2 * $0 - 1 } }
    }
  }

  /// The targets of some rows [rows × columns].
  func rows(_ rows: Range<Int>) -> Matrix<Double> {
    var elements = [Double](repeating: 0, count: rows.count * count)
    for (task, columns) in zip(tasks, columns) {
      task.write(rows, into: &elements, column: columns.lowerBound, of: count)
    }
    return Matrix(rows: rows.count, columns: count, elements: elements)
  }
}
