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

/// Levenshtein's distance: insertions, deletions and substitutions from one to the other.
private func editDistance(_ left: [UnicodeScalar], _ right: [UnicodeScalar]) -> Int {
  var row = Array(0...right.count)
  for (i, scalar) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let substituted = diagonal + (scalar == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
    }
  }
  return row[right.count]
}
