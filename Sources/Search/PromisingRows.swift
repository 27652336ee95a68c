/// The rows of the greatest sums among those that were offered, of equal ones the first: `count` of them, whatever the order of the offers.
///
/// How many rows have each sum is counted, so that the least sum that may be among the greatest is known after every offer, and rises soon.
struct PromisingRows: Sendable {
  private let count: Int
  /// Each sum above what is left of 2³² by its row, and room for more behind those that are kept.
  private var keys: [UInt64]
  private var kept = 0
  /// How many rows of each sum were kept.
  private var counts: [UInt32]
  /// How many of them reach ``least``.
  private var reaching = 0
  /// No smaller sum is among the greatest …
  private(set) var least: UInt16 = 0
  /// … and no smaller key: where many rows have the least sum, the first of them are kept.
  private var floor: UInt64 = 0

  /// The best `count` rows, by sums up to `greatest`.
  init(count: Int, sumsUpTo greatest: Int) {
    self.count = count
    counts = [UInt32](repeating: 0, count: greatest + 1)
    keys = [UInt64](repeating: 0, count: 4 * min(count, 1024))
  }

  /// Considers rows, which are numbered from `first` on and lie below 2³², at some places, each beside its sum. Amortised O(1) a row.
  mutating func offer(
    _ places: ArraySlice<UInt32>, sums: ArraySlice<UInt16>, from first: Int, where isWanted: ((Int) -> Bool)?
  ) {
    precondition(places.count == sums.count, "every row has its sum")
    makeRoom(for: places.count)
    // The greatest of what is left of 2³² is of the first row.
    let base = UInt32.max - UInt32(first)
    let (places, sums) = (places.span, sums.span)
    keep(places.count) { index in
      if let isWanted, !isWanted(first + Int(places[index])) { return nil }
      return UInt64(sums[index]) << 32 | UInt64(base - places[index])
    }
  }

  /// Considers what another one kept.
  mutating func offer(_ other: PromisingRows) {
    makeRoom(for: other.kept)
    let keys = other.keys.span
    keep(other.kept) { keys[$0] }
  }

  /// Keeps those of some keys that may be among the greatest; there is room for all.
  @inline(__always)
  private mutating func keep(_ offered: Int, _ key: (Int) -> UInt64?) {
    var (kept, least, floor, reaching) = (kept, Int(least), floor, reaching)
    keys.withUnsafeMutableBufferPointer { keys in
      counts.withUnsafeMutableBufferPointer { counts in
        for index in 0..<offered {
          guard let key = key(index), key >= floor else { continue }
          keys[kept] = key
          kept += 1
          counts[Int(key >> 32)] += 1
          reaching += 1
          while reaching - Int(counts[least]) >= count {
            reaching -= Int(counts[least])
            least += 1
            floor = UInt64(least) << 32
          }
        }
      }
    }
    (self.kept, self.least, self.floor, self.reaching) = (kept, UInt16(least), floor, reaching)
  }

  /// Drops what is not among the greatest where there is no room for so many more; where that leaves half of it, there will be twice as much.
  private mutating func makeRoom(for more: Int) {
    guard kept + more > keys.count else { return }
    var left = best
    if left.count > count {
      // All but the greatest have the least sum.
      left.sort(by: >)
      reaching -= left.count - count
      counts[Int(least)] -= UInt32(left.count - count)
      left.removeSubrange(count...)
      floor = left[count - 1]
    }
    kept = left.count
    keys.replaceSubrange(..<kept, with: left)
    if kept + more > keys.count / 2 { keys += [UInt64](repeating: 0, count: max(keys.count, more)) }
  }

  /// For how many rows there is room.
  var room: Int { keys.count }

  /// What may be among the greatest.
  private var best: [UInt64] { keys[..<kept].filter { $0 >= floor } }

  private static func row(of key: UInt64) -> UInt32 { UInt32.max - UInt32(truncatingIfNeeded: key) }

  /// The rows, in any order.
  var rows: [UInt32] {
    var (rows, ties): ([UInt32], [UInt64]) = ([], [])
    rows.reserveCapacity(min(count, kept))
    for key in keys[..<kept] where key >= floor {
      if key >> 32 > least { rows.append(Self.row(of: key)) } else { ties.append(key) }
    }
    // Only among the least does their order count.
    let left = count - rows.count
    if ties.count > left { ties.sort(by: >) }
    return rows + ties.prefix(left).map(Self.row(of:))
  }

  /// The rows, the most promising first.
  var ranked: [UInt32] { best.sorted(by: >).prefix(count).map(Self.row(of:)) }
}
