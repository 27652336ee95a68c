/// A split that holds some rows of each class out of training, to measure a head on.
///
/// Which rows are held out is decided by a hash of the seed and a key of each row (such as the digest of its content), never by
/// the order of the rows: as a dataset grows, rows stay on their side, but for the few at the border. Rows of a class with equal
/// keys, such as repeated texts, are all on one side.
///
/// Of each class `share` of its rows is held out, as nearly as whole groups of equal keys allow, and never all: a class
/// with a single row or key stays in training. So do all rows of a key that stands in several classes: no key is ever on
/// both sides.
public struct StratifiedHoldout: Sendable, Hashable {
  /// The share of each class's rows that is held out.
  public let share: Double
  /// What decides between splits that are otherwise alike.
  public let seed: UInt64

  /// A split. Throws unless 0 ≤ share < 1.
  public init(share: Double, seed: UInt64) throws(HeadError) {
    guard share >= 0, share < 1 else { throw .holdoutShare(share) }
    self.share = share
    self.seed = seed
  }

  /// The two sides, each in ascending order of rows.
  public struct Split: Sendable, Hashable {
    /// The rows to train on.
    public let training: [Int]
    /// The rows to measure on.
    public let holdout: [Int]

    /// A split by its sides.
    public init(training: [Int], holdout: [Int]) {
      (self.training, self.holdout) = (training, holdout)
    }

    /// A split by which rows are held out.
    init(isHeld: [Bool]) {
      self.init(
        training: isHeld.indices.filter { !isHeld[$0] }, holdout: isHeld.indices.filter { isHeld[$0] })
    }
  }

  /// Splits the rows of `labels`; `keys` has one key a row. Throws when there are more or fewer. O(N log N).
  public func split(_ labels: ClassLabels, keys: [[UInt8]]) throws(HeadError) -> Split {
    guard keys.count == labels.count else { throw .rowCount(features: keys.count, labels: labels.count) }
    let distinct = DistinctKeys(keys)
    // nil for a key that stands in several classes.
    var classes = distinct.firsts.map { Optional(labels.indices[$0]) }
    for (row, key) in distinct.ofRow.enumerated() where classes[key] != labels.indices[row] {
      classes[key] = nil
    }
    var groups = [[(key: [UInt8], rows: [Int])]](repeating: [], count: labels.classes.count)
    for (key, rows) in distinct.rows.enumerated() {
      if let class_ = classes[key] { groups[Int(class_)].append((keys[rows[0]], rows)) }
    }
    var isHeld = [Bool](repeating: false, count: labels.count)
    for groups in groups {
      for row in held(of: groups) { isHeld[row] = true }
    }
    return Split(isHeld: isHeld)
  }

  /// The rows of one class that are held out: the groups of equal keys with the lowest hashes.
  private func held(of groups: [(key: [UInt8], rows: [Int])]) -> [Int] {
    let wanted = (share * Double(groups.reduce(0) { $0 + $1.rows.count })).rounded()
    let ordered = groups.map { (hash: KeyHash.value(of: $0.key, seed: seed), key: $0.key, rows: $0.rows) }
      .sorted { $0.hash != $1.hash ? $0.hash < $1.hash : $0.key.lexicographicallyPrecedes($1.key) }
    var held: [Int] = []
    for group in ordered.dropLast() {
      let more = Double(held.count + group.rows.count)
      guard abs(more - wanted) < abs(Double(held.count) - wanted) else { break }
      held += group.rows
    }
    return held
  }
}

/// Keys numbered in the order in which they first stand.
private struct DistinctKeys {
  /// The number of each row's key.
  private(set) var ofRow: [Int] = []
  /// The rows of each key, ascending.
  private(set) var rows: [[Int]] = []

  init(_ keys: [[UInt8]]) {
    var numbers = Dictionary<[UInt8], Int>(minimumCapacity: keys.count)
    for (row, key) in keys.enumerated() {
      let number = numbers[key, default: rows.count]
      if number == rows.count {
        numbers[key] = number
        rows.append([])
      }
      rows[number].append(row)
      ofRow.append(number)
    }
  }

  /// The first row of each key.
  var firsts: [Int] { rows.map { $0[0] } }
}
