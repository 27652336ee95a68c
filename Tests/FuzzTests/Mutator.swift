/// Damages files in the ways that find most: by single bits, by values at the ends of their ranges, by what is missing or comes
/// twice, and by words that a format gives a meaning.
///
/// What comes out depends on the seed alone.
struct Mutator {
  private enum Damage: CaseIterable {
    case bit, byte, integer, number, truncation, insertion, deletion, repetition, splice, word, nesting
  }

  private var random: SplitMix64
  private let words: [[UInt8]]

  init(seed: UInt64, words: [String]) {
    random = SplitMix64(state: seed)
    self.words = words.map { Array($0.utf8) }
  }

  /// Whether a coin falls on its head.
  mutating func coin() -> Bool { Bool.random(using: &random) }

  /// One of `files`, damaged; parts of the others may come into it.
  mutating func damaged(oneOf files: [[UInt8]]) -> [UInt8] {
    var bytes = pick(files) ?? []
    // Mostly few at a time: behind the first thing that is refused, nothing is read.
    for _ in 0..<(1 << Int.random(in: 0...3, using: &random)) { damage(&bytes, files) }
    return bytes
  }

  private mutating func damage(_ bytes: inout [UInt8], _ files: [[UInt8]]) {
    let damage = pick(Damage.allCases) ?? .bit
    guard !bytes.isEmpty else { return insert(pick(words) ?? [0], into: &bytes) }
    let place = Int.random(in: bytes.indices, using: &random)
    switch damage {
    case .bit: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    case .byte:
      bytes[place] = pick([0x00, 0x01, 0x7f, 0x80, 0xff, .random(in: 0...255, using: &random)]) ?? 0
    case .integer: overwriteInteger(in: &bytes, at: place)
    case .number: replaceNumber(in: &bytes, from: place)
    case .truncation: bytes.removeSubrange(place...)
    case .insertion: insert((0..<length()).map { _ in .random(in: 0...255, using: &random) }, into: &bytes)
    case .deletion: bytes.removeSubrange(place..<min(bytes.count, place + length()))
    case .repetition: insert(Array(bytes[place..<min(bytes.count, place + length())]), into: &bytes)
    case .splice:
      let other = pick(files) ?? []
      bytes = Array(bytes[..<place]) + other.dropFirst(min(place, other.count))
    case .word: insert(pick(words) ?? [0], into: &bytes)
    case .nesting:
      insert(Array(repeating: pick(Array("[{(\"".utf8)) ?? 0, count: 100 * length()), into: &bytes)
    }
  }

  /// Short mostly, long at times.
  private mutating func length() -> Int {
    Int.random(in: 1...(1 << Int.random(in: 0...9, using: &random)), using: &random)
  }

  /// Over four or eight bytes, where such fields stand, either end first: an end of a range, or what is close to it.
  private mutating func overwriteInteger(in bytes: inout [UInt8], at place: Int) {
    let size = coin() ? 4 : 8
    let start = place / size * size
    let value =
      (pick([0, 1 << 31, 1 << 32, 1 << 62, 1 << 63, .max]) ?? 0) &+ .random(in: 0...2, using: &random)
    var field = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    if coin() { field.reverse() }
    for (index, byte) in zip(start..<bytes.count, field) { bytes[index] = byte }
  }

  /// The next digits of a text, by a number that nobody has in mind.
  private mutating func replaceNumber(in bytes: inout [UInt8], from place: Int) {
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let start = bytes[place...].firstIndex(where: digits.contains) else { return }
    let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.endIndex
    let numbers = [
      "0", "-1", "1e999", "-1e999", "1e-999", "0.5", "1000000", "2147483647", "2147483648", "4294967296",
      "4611686018427387904", "9223372036854775807", "-9223372036854775808", "18446744073709551616",
    ]
    bytes.replaceSubrange(start..<end, with: Array((pick(numbers) ?? "0").utf8))
  }

  private mutating func insert(_ new: [UInt8], into bytes: inout [UInt8]) {
    bytes.insert(contentsOf: new, at: Int.random(in: 0...bytes.count, using: &random))
  }

  /// One of `elements`.
  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.randomElement(using: &random)
  }
}
