/// One pass over the embeddings that contents need, in the order of the file.
struct VectorGathering {
  /// Where a content's vector goes.
  private struct Request {
    let content: Int64
    let row: Int
  }

  /// Stepping over a row that nobody asked for costs less than seeking the next, up to about this many.
  private static let widestGap: Int64 = 4

  private let backbone: BackboneRecord
  private let rows: UnsafeMutableRawBufferPointer
  private let requests: [Request]
  private var missing = 0

  init(_ contents: ArraySlice<Int64>, by backbone: BackboneRecord, into rows: UnsafeMutableRawBufferPointer) {
    self.backbone = backbone
    self.rows = rows
    let asked = zip(contents, 0...).map { Request(content: $0, row: $1) }
    let inOrder = zip(asked, asked.dropFirst()).allSatisfy { $0.content <= $1.content }
    requests = inOrder ? asked : asked.sorted { $0.content < $1.content }
  }

  mutating func run(on connection: Connection) throws {
    let sql = "SELECT id, vector, tokens, truncated, checksum FROM embedding WHERE id BETWEEN ? AND ?"
    try connection.withStatement(sql) { statement in
      var next = 0
      while next < requests.count {
        var end = next + 1
        while end < requests.count,
          requests[end].content - requests[end - 1].content <= VectorGathering.widestGap
        { end += 1 }
        try read(next..<end, with: statement)
        next = end
      }
    }
    guard missing == 0 else {
      throw StoreError.missingVectors(backbone: backbone.name, missing: missing, of: requests.count)
    }
  }

  /// Answers requests whose contents lie close together, by one scan from the first to the last.
  private mutating func read(_ range: Range<Int>, with statement: Statement) throws {
    let base = backbone.id << 40
    try statement.bind(base | requests[range.lowerBound].content, at: 1)
    try statement.bind(base | requests[range.upperBound - 1].content, at: 2)
    defer { statement.reset() }
    var next = range.lowerBound
    while next < range.upperBound, try statement.step() {
      let content = statement.integer(0) - base
      while next < range.upperBound, requests[next].content < content {
        missing += 1
        next += 1
      }
      guard next < range.upperBound, requests[next].content == content else { continue }
      try statement.withBytes(1) { vector in
        try check(vector, of: content, against: statement)
        while next < range.upperBound, requests[next].content == content {
          UnsafeMutableRawBufferPointer(rebasing: rows[(requests[next].row * vector.count)...])
            .copyMemory(from: vector)
          next += 1
        }
      }
    }
    missing += range.upperBound - next
  }

  private func check(_ vector: UnsafeRawBufferPointer, of content: Int64, against row: Statement) throws {
    let bytes = backbone.dimension * MemoryLayout<Float>.size
    guard vector.count == bytes else { throw damage(content, "it has \(vector.count) bytes, not \(bytes)") }
    let checksum = embeddingChecksum(
      id: row.integer(0), tokens: row.integer(2), truncated: row.integer(3), vector: vector)
    guard Int64(checksum) == row.integer(4) else { throw damage(content, "its checksum does not fit") }
  }

  private func damage(_ content: Int64, _ reason: String) -> StoreError {
    .damagedVector(backbone: backbone.name, content: content, reason: reason)
  }
}
