/// Numbers drawn at random, the same ones for a seed (Knuth's generator of MMIX).
struct Draws {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }

  mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }
}
