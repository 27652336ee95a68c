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
    _ places: ArraySlice<UInt32>, sums: ArraySlice<UInt16>, from first: Int, where isWanted: ((Int) -> Bool)?
  ) {
    precondition(places.indices == sums.indices, "every row has its sum")
    // The greatest of what is left of 2³² is of the first row.
    let base = UInt32.max - UInt32(first)
    if let isWanted {
      for index in places.indices where isWanted(first + Int(places[index])) {
        keys.append(UInt64(sums[index]) << 32 | UInt64(base - places[index]))
      }
    } else {
      let held = keys.count
      keys.append(contentsOf: repeatElement(0, count: places.count))
      // By pointers, which takes many at once.
      keys.withUnsafeMutableBufferPointer { keys in
        places.withUnsafeBufferPointer { places in
          sums.withUnsafeBufferPointer { sums in
            for index in places.indices {
              keys[held + index] = UInt64(sums[index]) << 32 | UInt64(base - places[index])
            }
          }
        }
      }
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
  /// Leaves the `count` greatest of different numbers, in any order (Hoare's FIND, 1961, with the partition of Lomuto, which takes no branch that
  /// nobody can foresee). O(n) expected.
  fileprivate mutating func keepGreatest(_ count: Int) {
    withUnsafeMutableBufferPointer { keys in
      var (first, last) = (0, keys.count - 1)
      while first < last {
        let middle = (first + last) / 2
        // The median of three goes last.
        if keys[first] < keys[middle] { keys.swapAt(first, middle) }
        if keys[last] < keys[middle] { keys.swapAt(last, middle) }
        if keys[first] < keys[last] { keys.swapAt(first, last) }
        let pivot = keys[last]
        var greater = first
        for index in first..<last {
          let key = keys[index]
          keys[index] = keys[greater]
          keys[greater] = key
          greater &+= key > pivot ? 1 : 0
        }
        keys.swapAt(greater, last)
        if greater > count {
          last = greater - 1
        } else if greater < count - 1 {
          first = greater + 1
        } else {
          break
        }
      }
    }
    removeSubrange(count...)
  }
}
