/// The rows cut into folds of as equal size as can be, overall and of each class, by the order of the rows alone.
struct StratifiedFolds: Sendable {
  /// For each row its fold; nil for a row that is always trained on, because it is the only one of its class.
  let folds: [Int?]
  /// How many folds there are.
  let count: Int

  /// Deals the rows of one class after the other out to `count` folds in turn.
  init(_ labels: ClassLabels, count: Int) {
    var members = [[Int]](repeating: [], count: labels.classes.count)
    for (row, class_) in labels.indices.enumerated() { members[Int(class_)].append(row) }
    var folds = [Int?](repeating: nil, count: labels.count)
    var next = 0
    for rows in members where rows.count > 1 {
      for row in rows {
        folds[row] = next
        next = (next + 1) % count
      }
    }
    self.folds = folds
    self.count = count
  }

  /// The rows of a fold.
  func held(_ fold: Int) -> [Int] {
    folds.indices.filter { folds[$0] == fold }
  }

  /// The rows of all other folds.
  func others(_ fold: Int) -> [Int] {
    folds.indices.filter { folds[$0] != fold }
  }
}
