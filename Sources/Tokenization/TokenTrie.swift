/// A map from byte strings to token ids that answers "the longest key that starts here" in one walk.
///
/// Keys are UTF-8 bytes, not `String`s: `String` equality is canonical and would merge tokens that
/// differ only in normalisation. The edges live in one open-addressing table, keyed by parent and byte.
struct TokenTrie: Sendable {
  /// A key's prefix; the root is the empty one.
  struct Node: Sendable {
    fileprivate var index: UInt32
  }

  /// The end of a key found in a text, and its id.
  struct Match: Equatable {
    var end: Int
    var id: Int32
  }

  static let root = Node(index: 0)

  private struct Edge {
    var parent: UInt32 = 0
    /// 0 marks an empty slot: the root is nobody's child.
    var child: UInt32 = 0
    var byte: UInt8 = 0
  }

  /// A power of two of slots, at most three quarters used.
  private var edges: [Edge]
  /// By node; −1 where no key ends.
  private var ids: [Int32] = [-1]

  /// An empty trie with room for keys of `byteCount` bytes in all.
  init(byteCount: Int = 0) {
    var capacity = 16
    while capacity < byteCount { capacity *= 2 }
    edges = Array(repeating: Edge(), count: capacity)
  }

  /// The slot of the edge, or the empty slot where it belongs.
  private func slot(parent: UInt32, byte: UInt8) -> Int {
    let hash = (UInt64(parent) << 8 | UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: hash >> 32) & (edges.count - 1)
    while edges[slot].child != 0, edges[slot].parent != parent || edges[slot].byte != byte {
      slot = (slot + 1) & (edges.count - 1)
    }
    return slot
  }

  /// The node one byte on, or nil when no key goes there.
  private func child(of node: Node, byte: UInt8) -> Node? {
    let child = edges[slot(parent: node.index, byte: byte)].child
    return child == 0 ? nil : Node(index: child)
  }

  private mutating func insertChild(of node: Node, byte: UInt8) -> Node {
    var slot = slot(parent: node.index, byte: byte)
    if edges[slot].child != 0 { return Node(index: edges[slot].child) }
    if ids.count * 4 > edges.count * 3 {
      grow()
      slot = self.slot(parent: node.index, byte: byte)
    }
    let child = UInt32(ids.count)
    edges[slot] = Edge(parent: node.index, child: child, byte: byte)
    ids.append(-1)
    return Node(index: child)
  }

  private mutating func grow() {
    let old = edges
    edges = Array(repeating: Edge(), count: old.count * 2)
    for edge in old where edge.child != 0 {
      edges[slot(parent: edge.parent, byte: edge.byte)] = edge
    }
  }

  /// Maps `key` to `id`; the id it had before.
  @discardableResult
  mutating func insert(_ key: some Sequence<UInt8>, id: Int32) -> Int32? {
    var node = Self.root
    for byte in key { node = insertChild(of: node, byte: byte) }
    let earlier = ids[Int(node.index)]
    ids[Int(node.index)] = id
    return earlier < 0 ? nil : earlier
  }

  /// The node of the prefix `bytes`, or nil when no key starts so.
  func node(_ bytes: some Sequence<UInt8>) -> Node? {
    var node = Self.root
    for byte in bytes {
      guard let next = child(of: node, byte: byte) else { return nil }
      node = next
    }
    return node
  }

  /// The id of exactly this key.
  func id(of key: some Sequence<UInt8>) -> Int32? {
    guard let node = node(key) else { return nil }
    let id = ids[Int(node.index)]
    return id < 0 ? nil : id
  }

  /// The longest key that, from `node` on, the bytes of `range` begin with; at least one byte of them.
  ///
  /// Complexity: O(length of the longest key).
  func longestMatch(in text: Span<UInt8>, _ range: Range<Int>, from node: Node = root) -> Match? {
    var node = node
    var match: Match?
    for position in range {
      guard let next = child(of: node, byte: text[position]) else { break }
      node = next
      let id = ids[Int(node.index)]
      if id >= 0 { match = Match(end: position + 1, id: id) }
    }
    return match
  }
}
