/// A map from byte strings to token ids that answers "the longest key that starts here" in one walk.
///
/// Keys are UTF-8 bytes, not `String`s: `String` equality is canonical and would merge tokens that differ only in normalisation.
/// A hash grows byte by byte, so one walk over a text meets the hashes of all keys that may start there.
struct TokenTable: Sendable {
  /// The end of a key found in a text, and its id.
  struct Match: Equatable {
    var end: Int
    var id: Int32
  }

  /// FNV-1a (Fowler, Noll and Vo).
  private struct Hash {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func append(_ byte: UInt8) {
      value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// What a slot remembers of a key: almost never the same for two.
    var mark: UInt32 { UInt32(truncatingIfNeeded: value >> 32) }
    /// Where the search for a key begins; the low bits alone mix too little.
    var start: Int { Int(truncatingIfNeeded: value ^ value >> 32) }
  }

  private struct Slot {
    var mark: UInt32 = 0
    /// The key's number, from 1; 0 marks an empty slot.
    var key: UInt32 = 0
  }

  private struct Key: Sendable {
    /// Where its bytes end; they begin where those of the key before end.
    var end: UInt32
    var id: Int32
  }

  /// A power of two of slots, at most half of them used.
  private var slots: [Slot]
  private var keys: [Key] = [Key(end: 0, id: -1)]
  /// The keys' bytes, behind one another.
  private var bytes: [UInt8] = []
  private var longestKey = 0

  /// An empty table with room for `count` keys.
  init(count: Int = 0) {
    var capacity = 16
    while capacity < 2 * count { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    keys.reserveCapacity(count + 1)
  }

  /// How many keys there are.
  var count: Int { keys.count - 1 }

  /// Maps `key` to `id`; the id it had before.
  @discardableResult
  mutating func insert(_ key: Span<UInt8>, id: Int32) -> Int32? {
    var hash = Hash()
    for index in key.indices { hash.append(key[index]) }
    if let number = number(of: key, hash) {
      defer { keys[number].id = id }
      return keys[number].id
    }
    if 2 * keys.count > slots.count { grow() }
    for index in key.indices { bytes.append(key[index]) }
    let slot = emptySlot(for: hash)
    slots[slot] = Slot(mark: hash.mark, key: UInt32(keys.count))
    keys.append(Key(end: UInt32(bytes.count), id: id))
    longestKey = max(longestKey, key.count)
    return nil
  }

  /// The id of exactly this key.
  func id(of key: Span<UInt8>) -> Int32? {
    var hash = Hash()
    for index in key.indices { hash.append(key[index]) }
    return number(of: key, hash).map { keys[$0].id }
  }

  /// The longest key that the bytes of `range` begin with; at least one byte of them.
  ///
  /// Complexity: O(length of the longest key), as long as hashes differ.
  func longestMatch(in text: Span<UInt8>, _ range: Range<Int>) -> Match? {
    var hash = Hash()
    var match: Match?
    for position in range.prefix(longestKey) {
      hash.append(text[position])
      if let number = number(of: text.extracting(range.lowerBound...position), hash) {
        match = Match(end: position + 1, id: keys[number].id)
      }
    }
    return match
  }

  /// The table of what stands behind `prefix` in the keys that begin with it.
  func suffixes(behind prefix: Span<UInt8>) -> TokenTable {
    var suffixes = TokenTable()
    for number in keys.indices.dropFirst() {
      let key = bytes.span.extracting(range(of: number))
      guard key.count >= prefix.count, key.extracting(first: prefix.count).hasSameBytes(as: prefix) else {
        continue
      }
      suffixes.insert(key.extracting(droppingFirst: prefix.count), id: keys[number].id)
    }
    return suffixes
  }

  private func range(of number: Int) -> Range<Int> {
    Int(keys[number - 1].end)..<Int(keys[number].end)
  }

  private func number(of key: Span<UInt8>, _ hash: Hash) -> Int? {
    var slot = hash.start & (slots.count - 1)
    while slots[slot].key != 0 {
      let number = Int(slots[slot].key)
      if slots[slot].mark == hash.mark, bytes.span.extracting(range(of: number)).hasSameBytes(as: key) {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func emptySlot(for hash: Hash) -> Int {
    var slot = hash.start & (slots.count - 1)
    while slots[slot].key != 0 { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    slots = Array(repeating: Slot(), count: 2 * slots.count)
    for number in keys.indices.dropFirst() {
      var hash = Hash()
      for index in range(of: number) { hash.append(bytes[index]) }
      slots[emptySlot(for: hash)] = Slot(mark: hash.mark, key: UInt32(number))
    }
  }
}

extension Span where Element == UInt8 {
  fileprivate func hasSameBytes(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
