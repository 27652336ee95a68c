/// Some rows and their vectors, gathered in one piece of memory to be handed out together.
struct VectorBlock {
  private let capacity: Int
  private let dimension: Int
  private var rows: [Int] = []
  /// Empty until there is a vector: a damaged dimension, which none has, may ask for any amount of memory.
  private var vectors: [Float] = []

  /// Room for `capacity` vectors of `dimension` values.
  init(capacity: Int, dimension: Int) {
    self.capacity = capacity
    self.dimension = dimension
    rows.reserveCapacity(capacity)
  }

  var isFull: Bool { rows.count == capacity }

  /// Adds a vector by its bytes, as many as `dimension` floats have.
  mutating func append(_ vector: RawSpan, as row: Int) {
    if vectors.isEmpty { vectors = Array(repeating: 0, count: capacity * dimension) }
    vectors.setRow(rows.count, to: vector)
    rows.append(row)
  }

  /// Hands out what there is, and begins anew.
  mutating func handOut(to body: ([Int], [Float]) throws -> Void) rethrows {
    guard !rows.isEmpty else { return }
    try body(rows, isFull ? vectors : Array(vectors.prefix(rows.count * dimension)))
    rows.removeAll(keepingCapacity: true)
  }
}

extension [Float] {
  /// Sets one of the rows that stand behind one another, by the bytes of its values.
  mutating func setRow(_ row: Int, to values: RawSpan) {
    withUnsafeMutableBytes { all in
      values.withUnsafeBytes { all[row * $0.count..<(row + 1) * $0.count].copyBytes(from: $0) }
    }
  }
}
