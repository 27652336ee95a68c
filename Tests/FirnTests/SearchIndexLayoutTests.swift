import Testing

@testable import Firn

/// Where the contents of an index stand while they come and go.
struct SearchIndexLayoutTests {
  @Test(arguments: 0..<20)
  func `Whatever comes and goes, all places are filled, and only what changed is moved`(seed: UInt64) {
    var random = SplitMix64(state: seed)
    var held: [Int64] = []
    for step in 0..<6 {
      let size = Int.random(in: 0...12_000, using: &random)
      let wanted = Set((0..<size).map { _ in Int64.random(in: 1...15_000, using: &random) }).sorted()
      let layout = SearchIndexLayout(of: wanted, held: held)
      let place = "seed \(seed), step \(step)"
      var now: [Int64] = []
      for place in 0..<layout.count {
        switch layout.fillings[place] {
        case .content(let content): now.append(content)
        case .place(let other): now.append(held[other])
        case nil: now.append(held[place])
        }
      }
      #expect(now.sorted() == wanted, "\(place)")
      let changed = (0..<layout.blocks).filter { block in
        let places = layout.places(of: block)
        let end = min(held.count, (block + 1) * 4096)
        return places.upperBound != end || places.contains { now[$0] != held[$0] }
      }
      #expect(layout.changedBlocks == changed, "\(place)")
      // What stays among the places stays where it is.
      let stays = Set(wanted)
      for place in 0..<min(held.count, now.count) where stays.contains(held[place]) {
        #expect(now[place] == held[place])
      }
      held = now
    }
  }

  @Test func `What stands twice, as an interrupted mending may leave it, stands once`() {
    let layout = SearchIndexLayout(of: [1, 2, 3, 4], held: [1, 2, 1, 2, 3])
    let fillings = layout.fillings.sorted { $0.key < $1.key }
    #expect(fillings.map(\.key) == [2, 3] && layout.blocks == 1 && layout.changedBlocks == [0])
  }
}
