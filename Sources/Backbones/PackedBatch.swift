/// Texts as token ids, one behind the other without padding.
struct PackedBatch: Sendable {
  /// The token ids of all texts.
  private(set) var tokens: [Int32] = []
  /// Where each text's tokens stand in `tokens`.
  private(set) var texts: [Range<Int>] = []

  mutating func append(_ ids: [Int32]) {
    texts.append(tokens.count..<tokens.count + ids.count)
    tokens += ids
  }

  /// Groups texts of the given token counts into batches of up to `budget` tokens, a longer text alone, texts of
  /// like length together. Returns the indices of each batch's texts.
  static func plan(tokenCounts: [Int], budget: Int) -> [[Int]] {
    var batches: [[Int]] = []
    var room = 0
    // The longest come first, so that the last batches to finish are short ones.
    for index in tokenCounts.indices.sorted(by: { (tokenCounts[$1], $0) < (tokenCounts[$0], $1) }) {
      if tokenCounts[index] > room || batches.isEmpty {
        batches.append([])
        room = budget
      }
      batches[batches.count - 1].append(index)
      room -= tokenCounts[index]
    }
    return batches
  }
}
