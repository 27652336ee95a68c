internal import LinearAlgebra

/// A hash of bytes that is the same in every process: the mixer of SplitMix64 (Steele, Lea and Flood 2014) absorbs eight
/// bytes at a time, little-endian, the last of them padded with zeros, and then how many there were.
enum KeyHash {
  /// The hash of `bytes` under a seed.
  static func value(of bytes: [UInt8], seed: UInt64) -> UInt64 {
    var state = SplitMix64.mixed(seed)
    for start in stride(from: 0, to: bytes.count, by: 8) {
      var word: UInt64 = 0
      for index in start..<min(start + 8, bytes.count) {
        word |= UInt64(bytes[index]) << UInt64(8 * (index - start))
      }
      state = SplitMix64.mixed(state ^ word)
    }
    return SplitMix64.mixed(state ^ UInt64(bytes.count))
  }
}
