/// The random numbers of SplitMix64 (Steele, Lea and Flood 2014), which a seed repeats.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    defer { state &+= 0x9e37_79b9_7f4a_7c15 }
    return Self.mixed(state)
  }

  /// A number from 0 up to 1, by the upper 53 bits of the next.
  package mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// One output from the state before it.
  package static func mixed(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9e37_79b9_7f4a_7c15
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

extension [Double] {
  /// Where the sum of the weights up to there first exceeds a share of all; nil where they are all zero.
  package func place(ofShare share: Double) -> Int? {
    let target = share * reduce(0, +)
    var sum = 0.0
    for (place, weight) in enumerated() where weight > 0 {
      sum += weight
      if sum > target { return place }
    }
    return lastIndex { $0 > 0 }
  }
}
