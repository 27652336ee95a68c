/// Rows in groups that only ever unite: a forest whose paths are halved as they are walked (Tarjan and van Leeuwen 1984). O(log N)
/// a step.
struct DisjointRows {
  /// The row that each row follows; itself where it leads its group, which its first row always does.
  private var leaders: [Int32]

  /// `count` rows, each alone.
  init(_ count: Int) {
    leaders = (0..<count).map(Int32.init)
  }

  /// Whether two rows are in one group.
  mutating func areTogether(_ one: Int, _ other: Int) -> Bool { leader(of: one) == leader(of: other) }

  /// Unites the groups of two rows.
  mutating func unite(_ one: Int, _ other: Int) {
    let (one, other) = (leader(of: one), leader(of: other))
    leaders[max(one, other)] = Int32(min(one, other))
  }

  /// The groups of at least two rows, ascending, by their first rows.
  var groups: [[Int]] {
    mutating get {
      var members: [Int: [Int]] = [:]
      for row in leaders.indices { members[leader(of: row), default: []].append(row) }
      return members.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    }
  }

  private mutating func leader(of row: Int) -> Int {
    var row = row
    while Int(leaders[row]) != row {
      leaders[row] = leaders[Int(leaders[row])]
      row = Int(leaders[row])
    }
    return row
  }
}
