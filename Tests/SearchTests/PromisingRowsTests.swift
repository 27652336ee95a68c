import LinearAlgebra
import Testing

@testable import Search

/// The most promising rows are those that sorting all would give.
struct PromisingRowsTests {
  /// Rows of few sums or of one, offered in any order to three who then share what they found.
  @Test(arguments: 0..<20)
  func `The greatest sums, of equal ones the first rows`(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let (rows, count) = (
      Int.random(in: 1...20_000, using: &random), [1, 10, 250, 1500, 30_000][Int(seed) % 5]
    )
    let greatest: UInt16 = [0, 3, 4000][Int(seed) % 3]
    let sums = (0..<rows).map { _ in UInt16.random(in: 0...greatest, using: &random) }
    let isWanted: ((Int) -> Bool)? = seed.isMultiple(of: 4) ? { $0 % 3 != 1 } : nil
    var found = (0..<3).map { _ in PromisingRows(count: count, sumsUpTo: Int(greatest)) }
    let blocks = stride(from: 0, to: rows, by: 700).map { $0..<min(rows, $0 + 700) }
    for block in blocks.shuffled(using: &random) {
      let own = Int.random(in: 0..<3, using: &random)
      let places = block.indices.filter { sums[$0] >= found[own].least }.map { UInt32($0 - block.lowerBound) }
      let offered = places.map { sums[block.lowerBound + Int($0)] }
      found[own].offer(places[...], sums: offered[...], from: block.lowerBound, where: isWanted)
    }
    found[0].offer(found[1])
    found[0].offer(found[2])
    let expected = sums.indices.filter { isWanted?($0) ?? true }.sorted {
      (sums[$1], $0) < (sums[$0], $1)
    }.prefix(count).map { UInt32($0) }
    #expect(found[0].ranked == expected, "seed \(seed)")
    #expect(found[0].rows.sorted() == expected.sorted(), "seed \(seed)")
  }

  /// Nothing promises more than anything else, as with a query of zeros.
  @Test func `A million rows of one sum take the room of a few`() {
    var found = PromisingRows(count: 100, sumsUpTo: 0)
    let block = (places: (0..<2000).map { UInt32($0) }, sums: [UInt16](repeating: 0, count: 2000))
    for first in stride(from: 0, to: 1_000_000, by: 2000) {
      found.offer(block.places[...], sums: block.sums[...], from: first, where: nil)
    }
    #expect(found.ranked == (0..<100).map { UInt32($0) })
    #expect(found.room <= 10_000)
  }
}
