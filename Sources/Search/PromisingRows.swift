/// The rows of the greatest sums among those that were offered, of equal ones the first: `count` of them, whatever the order of the offers.
///
/// How many rows have each sum is counted, so that the least sum that may be among the greatest is known after every offer, and rises soon.
struct PromisingRows: Sendable {
  private let count: Int
  /// Each sum above what is left of 2³² by its row.
  private var keys: [UInt64] = []
  /// How many rows of each sum were kept.
  private var counts: [UInt32]
  /// How many of them reach ``least``.
  private var reaching = 0
  /// No smaller sum is among the greatest.
  private(set) var least: UInt16 = 0

  /// The best `count` rows, by sums up to `greatest`.
  init(count: Int, sumsUpTo greatest: Int) {
    self.count = count
    counts = [UInt32](repeating: 0, count: greatest + 1)
    keys.reserveCapacity(4 * count + 64)
  }

  /// Considers rows, which are numbered from `first` on and lie below 2³², at some places, each beside its sum. Amortised O(1) a row.
  mutating func offer(
    _ places: ArraySlice<UInt32>, sums: ArraySlice<UInt16>, from first: Int, where isWanted: ((Int) -> Bool)?
  ) {
    precondition(places.indices == sums.indices, "every row has its sum")
    // The greatest of what is left of 2³² is of the first row.
    let base = UInt32.max - UInt32(first)
    var offered = [UInt64](unsafeUninitializedCapacity: places.count) { keys, initialized in
      for (place, sum) in zip(places, sums) {
        keys[initialized] = UInt64(sum) << 32 | UInt64(base - place)
        initialized += 1
      }
    }
    if let isWanted { offered.removeAll { !isWanted(Int(Self.row(of: $0))) } }
    offer(offered)
  }

  /// Considers what another one kept.
  mutating func offer(_ other: PromisingRows) { offer(other.keys) }

  private mutating func offer(_ offered: [UInt64]) {
    var (least, reaching) = (least, reaching)
    counts.withUnsafeMutableBufferPointer { counts in
      for key in offered {
        let sum = Int(key >> 32)
        guard sum >= least else { continue }
        keys.append(key)
        counts[sum] += 1
        reaching += 1
        while reaching - Int(counts[Int(least)]) >= count {
          reaching -= Int(counts[Int(least)])
          least += 1
        }
      }
    }
    (self.least, self.reaching) = (least, reaching)
    if keys.count >= 4 * count + 64 { drop() }
  }

  private static func row(of key: UInt64) -> UInt32 { UInt32.max - UInt32(truncatingIfNeeded: key) }

  /// Drops what is not among the greatest.
  private mutating func drop() { keys.removeAll { $0 >> 32 < least } }

  /// The rows, in any order.
  consuming func rows() -> [UInt32] {
    drop()
    guard keys.count > count else { return keys.map(Self.row(of:)) }
    // Only among the least does their order count.
    let sure = keys.filter { $0 >> 32 > least }
    let ties = keys.filter { $0 >> 32 == least }
    return (sure + ties.sorted(by: >).prefix(count - sure.count)).map(Self.row(of:))
  }

  /// The rows, the most promising first.
  consuming func ranked() -> [UInt32] {
    drop()
    return keys.sorted(by: >).prefix(count).map(Self.row(of:))
  }
}
