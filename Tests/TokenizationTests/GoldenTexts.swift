import Testing

/// The texts that the original encoded.
struct GoldenTexts: Decodable {
  var texts: [String]
  var added: [String]
  var seed: UInt64
  var randomTexts: Int
  var textsPerDigest: Int
  var textsPerLongText: Int
  var pools: [[[UInt32]]]
  var pieces: [String]

  static let shared = Result { try Golden.read("texts.json", as: GoldenTexts.self) }

  /// Random texts, drawn exactly as the script draws them.
  func random() throws -> [String] {
    var generator = SplitMix64(state: seed)
    return try (0..<randomTexts).map { _ in
      var text = String.UnicodeScalarView()
      var pool = pools[0]
      for _ in 0..<generator.below(40) {
        if generator.below(12) == 0 {
          text.append(contentsOf: pieces[generator.below(pieces.count)].unicodeScalars)
          continue
        }
        if generator.below(3) == 0 { pool = pools[generator.below(pools.count)] }
        let range = pool[generator.below(pool.count)]
        text.append(
          try #require(Unicode.Scalar(range[0] + UInt32(generator.below(Int(range[1] - range[0]) + 1)))))
      }
      return String(text)
    }
  }
}

/// Steele, Lea and Flood's generator.
struct SplitMix64 {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int(((z ^ (z >> 31)) >> 11) % UInt64(bound))
  }
}
