/// Rows that a split keeps on one side together: those of equal keys, those of one group, and those that are bound to each other
/// through others.
struct RowClusters: Sendable {
  /// Rows that stay together.
  struct Cluster: Sendable {
    /// The rows, ascending.
    let rows: [Int]
    /// How many of them each class has, of the classes that they have.
    let counts: [(class_: Int, rows: Int)]
  }

  private let clusters: [Cluster]
  /// Of each cluster what it is known by: its groups, and the keys of its rows without one.
  private let names: [Set<[UInt8]>]

  /// The clusters of the rows of `labels`; `keys` has one key a row, and `groups`, if there are any, a group or nil. Throws when there
  /// are more or fewer.
  init(_ labels: ClassLabels, keys: [[UInt8]], groups: [[UInt8]?]?) throws(HeadError) {
    for count in [keys.count, groups?.count ?? keys.count] where count != labels.count {
      throw .rowCount(features: count, labels: labels.count)
    }
    var union = DisjointSets(count: keys.count)
    var (ofKey, ofGroup): ([[UInt8]: Int], [[UInt8]: Int]) = ([:], [:])
    for (row, key) in keys.enumerated() {
      union.join(row, ofKey[key, default: row])
      ofKey[key] = row
      guard let group = groups?[row] else { continue }
      union.join(row, ofGroup[group, default: row])
      ofGroup[group] = row
    }
    var members: [Int: [Int]] = [:]
    for row in keys.indices { members[union.root(of: row), default: []].append(row) }
    let all = members.values.sorted { $0[0] < $1[0] }
    names = all.map { rows in Set(rows.map { groups?[$0] ?? keys[$0] }) }
    clusters = all.map { rows in
      var counts: [Int: Int] = [:]
      for row in rows { counts[Int(labels.indices[row]), default: 0] += 1 }
      return Cluster(rows: rows, counts: counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }

  /// The clusters by the hashes of what they are known by: an order that knows nothing of that of the rows, and in which a cluster
  /// keeps its place as it grows.
  func ordered(by seed: UInt64) -> [Cluster] {
    let hashes = names.map { names in names.map { KeyHash.value(of: $0, seed: seed) }.min() ?? 0 }
    return clusters.indices.sorted { hashes[$0] < hashes[$1] }.map { clusters[$0] }
  }
}

/// Sets of numbers that are joined bit by bit (Tarjan 1975).
private struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  mutating func join(_ one: Int, _ other: Int) {
    let (one, other) = (root(of: one), root(of: other))
    parents[max(one, other)] = min(one, other)
  }
}
