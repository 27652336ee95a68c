internal import Storage

/// Which content stands where in an index, so that all blocks but the last are full: what went leaves its place to what is new, or to what
/// stood last.
struct SearchIndexLayout {
  /// What a place is filled with.
  enum Filling {
    /// What another place holds.
    case place(Int)
    /// A content that the index did not have.
    case content(Int64)
  }

  /// How many places there are.
  let count: Int
  /// What is put where, by the place.
  let fillings: [Int: Filling]
  /// The blocks that differ from what they were, ascending.
  let changedBlocks: [Int]

  private static let size = SearchIndexBlock.size

  /// The layout for `wanted`, each once, where the places of the index hold `held`, which may hold one twice.
  init(of wanted: [Int64], held: [Int64]) {
    count = wanted.count
    var missing = Set(wanted)
    let keeps = held.map { missing.remove($0) != nil }
    // Each place that is left empty has something to fill it: so many are wanted.
    let end = min(wanted.count, held.count)
    let moved = (end..<held.count).filter { keeps[$0] }.map { Filling.place($0) }
    let empty = (0..<end).filter { !keeps[$0] } + Array(end..<wanted.count)
    fillings = Dictionary(
      uniqueKeysWithValues: zip(empty, moved + missing.sorted().map { Filling.content($0) }))
    var changed = Set(empty.map { $0 / Self.size })
    // The last block may only be shorter.
    let last = (wanted.count - 1) / Self.size
    if !wanted.isEmpty, wanted.count < min(held.count, (last + 1) * Self.size) { changed.insert(last) }
    changedBlocks = changed.sorted()
  }

  /// How many blocks there are.
  var blocks: Int { (count + Self.size - 1) / Self.size }

  /// The places of a block.
  func places(of block: Int) -> Range<Int> { block * Self.size..<min(count, (block + 1) * Self.size) }
}
