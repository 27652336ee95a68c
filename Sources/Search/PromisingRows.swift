/// The rows of the greatest sums among those that were offered, of equal ones the first: `count` of them, whatever the order of the offers.
struct PromisingRows: Sendable {
  private let count: Int
  /// Each sum above what is left of 2³² by its row.
  private var keys: [UInt64] = []
  /// No smaller sum is among the greatest.
  private(set) var least: UInt16 = 0

  init(count: Int) {
    self.count = count
    keys.reserveCapacity(2 * count + 64)
  }

  /// Considers rows, which are numbered from `first` on and lie below 2³², at some places, each beside its sum. Amortised O(1) a row.
  mutating func offer(
    _ places: ArraySlice<UInt32>, sums: [UInt16], from first: Int, where isWanted: ((Int) -> Bool)?
  ) {
    // The greatest of what is left of 2³² is of the first row.
    let base = UInt32.max - UInt32(first)
    if let isWanted {
      for index in places.indices where isWanted(first + Int(places[index])) {
        keys.append(UInt64(sums[index]) << 32 | UInt64(base - places[index]))
      }
    } else {
      for index in places.indices { keys.append(UInt64(sums[index]) << 32 | UInt64(base - places[index])) }
    }
    if keys.count >= 2 * count + 64 { prune() }
  }

  /// Considers what another one kept.
  mutating func offer(_ other: PromisingRows) {
    keys += other.keys
    prune()
  }

  /// Drops what is not among the greatest.
  mutating func prune() {
    guard keys.count >= count else { return }
    if keys.count > count { keys.keepGreatest(count) }
    least = keys.min().map { UInt16($0 >> 32) } ?? 0
  }

  /// The rows, in any order.
  consuming func rows() -> [UInt32] {
    prune()
    return keys.map { UInt32.max - UInt32(truncatingIfNeeded: $0) }
  }

  /// The rows, the most promising first.
  consuming func ranked() -> [UInt32] {
    prune()
    return keys.sorted(by: >).map { UInt32.max - UInt32(truncatingIfNeeded: $0) }
  }
}

extension [UInt64] {
  /// Leaves the `count` greatest of different numbers, in any order (Hoare's FIND, 1961). O(n) expected.
  fileprivate mutating func keepGreatest(_ count: Int) {
    withUnsafeMutableBufferPointer { keys in
      var (first, last) = (0, keys.count - 1)
      while first < last {
        let pivot = Swift.max(
          Swift.min(keys[first], keys[last]),
          Swift.min(Swift.max(keys[first], keys[last]), keys[(first + last) / 2]))
        var (low, high) = (first, last)
        while low <= high {
          while keys[low] > pivot { low += 1 }
          while keys[high] < pivot { high -= 1 }
          if low <= high {
            keys.swapAt(low, high)
            low += 1
            high -= 1
          }
        }
        if count - 1 <= high {
          last = high
        } else if count - 1 >= low {
          first = low
        } else {
          break
        }
      }
    }
    removeSubrange(count...)
  }
}
