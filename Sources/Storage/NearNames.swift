/// The names, nearest first, that `name` may be a slip of: those within a third of its length in edits.
func namesNear(_ name: String, among names: some Sequence<String>) -> [String] {
  let lowered = Array(name.lowercased().unicodeScalars)
  let allowed = max(1, lowered.count / 3)
  let near = names.compactMap { candidate -> (edits: Int, name: String)? in
    let edits = editDistance(lowered, Array(candidate.lowercased().unicodeScalars))
    return edits <= allowed ? (edits, candidate) : nil
  }
  return near.sorted { ($0.edits, $0.name) < ($1.edits, $1.name) }.prefix(3).map(\.name)
}

/// The words that end an error message with `names`, if there are any.
func suggestion(of names: [String]) -> String {
  names.isEmpty ? "" : "; did you mean " + names.map { "“\($0)”" }.joined(separator: " or ") + "?"
}

/// How many insertions, deletions, substitutions and swaps of neighbours lead from one to the other, no place being
/// touched twice (the “optimal string alignment” distance).
private func editDistance(_ left: [UnicodeScalar], _ right: [UnicodeScalar]) -> Int {
  var rows = [Array(0...right.count)]
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var edits = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        edits = min(edits, rows[i - 1][j - 1] + 1)
      }
      row.append(edits)
    }
    rows.append(row)
  }
  return rows[left.count][right.count]
}
