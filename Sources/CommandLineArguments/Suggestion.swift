extension [String] {
  /// The word that a mistyped one was most likely meant to be, if any is near: it begins with it, or a third
  /// of its letters at most are wrong.
  func nearest(to word: String) -> String? {
    if word.count > 1, let longer = first(where: { $0.hasPrefix(word) }) { return longer }
    let candidates = map { (word: $0, distance: editDistance(word, $0)) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= Swift.max(1, best.word.count / 3) ? best.word : nil
  }
}

/// The fewest letters to insert, delete, replace or swap with their neighbour to make `target` of `source`
/// (optimal string alignment).
func editDistance(_ source: String, _ target: String) -> Int {
  let source = Array(source)
  let target = Array(target)
  var beforeLast: [Int] = []
  var last = Array(0...target.count)
  for (row, letter) in source.enumerated() {
    var current = [row + 1]
    for (column, other) in target.enumerated() {
      var best = Swift.min(last[column + 1], current[column]) + 1
      best = Swift.min(best, last[column] + (letter == other ? 0 : 1))
      if row > 0, column > 0, letter == target[column - 1], source[row - 1] == other {
        best = Swift.min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    beforeLast = last
    last = current
  }
  return last[target.count]
}
