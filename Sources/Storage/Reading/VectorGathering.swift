/// The reading of the vectors that contents need, in the order of the file. It falls into parts, so that several readers, each on
/// a thread of its own, can share it.
public struct VectorGathering: Sendable {
  /// A row that is wanted, and the content whose vector it is.
  private struct Request {
    let content: Int64
    let row: Int
  }

  /// Many enough that finding the first costs nothing, few enough that readers end at about the same time.
  private static let partSize = 4096
  /// Where there are fewer, they are shared out as well: most lie alone then, and to read one takes long.
  private static let (fewestParts, leastPartSize) = (8, 64)
  /// A block of so many floats stays in the processor's second cache, beside the page that it comes from.
  private static let blockFloats = 1 << 16
  /// So does SQLite's, of some pages: each is read only once, those on the way to a vector among them.
  private static let cacheKibibytes = 512
  /// Stepping over a row that nobody asked for costs less than seeking the next, up to about this many.
  private static let widestGap: Int64 = 4

  /// 40 bits of an embedding's key.
  private static let numbers: Range<Int64> = 1..<1 << 40

  private let backbone: BackboneRecord
  private let requests: [Request]

  /// The gathering of the vectors of `contents` under a backbone, one row each, numbered from 0. A content asked for twice has two
  /// rows.
  public init(of contents: [Int64], by backbone: BackboneRecord) {
    self.backbone = backbone
    // No content has the number 0: so one that cannot be is missing.
    let asked = zip(contents, 0...).map { Request(content: Self.numbers.contains($0) ? $0 : 0, row: $1) }
    requests = asked.sorted(byNumber: \.content)
  }

  /// How many parts there are, of about equal size.
  public var parts: Int { (requests.count + partSize - 1) / partSize }

  private var partSize: Int {
    requests.count > Self.partSize
      ? Self.partSize : max(Self.leastPartSize, requests.count / Self.fewestParts)
  }

  /// Reads one part and hands its vectors out. Every vector's checksum is compared.
  ///
  /// - Parameters:
  ///   - part: The part's number, from 0.
  ///   - reader: What to read with. All readers of one gathering see the same: what a backbone made of a content never changes.
  ///   - body: Takes the number of a row, and its vector as the store has it: float32, little-endian.
  /// - Returns: How many were missing. When the backbone is gone, that is all of them.
  /// - Throws: ``StoreError/damagedVector(backbone:content:reason:)``, and what `body` throws.
  public func read(
    _ part: Int, with reader: StoreReader, _ body: (_ row: Int, _ vector: RawSpan) throws -> Void
  ) throws -> Int {
    let range = part * partSize..<min(requests.count, (part + 1) * partSize)
    return try reader.snapshot {
      guard try reader.backbone(fingerprint: backbone.fingerprint)?.id == backbone.id else {
        return range.count
      }
      return try reader.connection.withCache(kibibytes: Self.cacheKibibytes) {
        try read(Array(requests[range]), on: reader.connection, body)
      }
    }
  }

  /// The same in blocks, for those who look at many vectors at once.
  ///
  /// - Parameters:
  ///   - part: The part's number, from 0.
  ///   - reader: What to read with.
  ///   - body: Takes the numbers of some rows, and their vectors behind one another.
  /// - Returns: How many were missing.
  /// - Throws: ``StoreError/damagedVector(backbone:content:reason:)``, and what `body` throws.
  public func readBlocks(
    _ part: Int, with reader: StoreReader, _ body: (_ rows: [Int], _ vectors: [Float]) throws -> Void
  ) throws -> Int {
    var block = VectorBlock(
      capacity: min(partSize, requests.count, max(1, Self.blockFloats / backbone.dimension)),
      dimension: backbone.dimension)
    let missing = try read(part, with: reader) { row, vector in
      block.append(vector, as: row)
      if block.isFull { try block.handOut(to: body) }
    }
    try block.handOut(to: body)
    return missing
  }

  /// Whether the first of the vectors is there, if any is wanted. Memory for all should not be taken before one has the length that the
  /// backbone claims: a damaged dimension may ask for any amount.
  ///
  /// - Throws: ``StoreError/damagedVector(backbone:content:reason:)``.
  public func findsFirst(with reader: StoreReader) throws -> Bool {
    guard let first = requests.first else { return true }
    return try VectorGathering(of: [first.content], by: backbone).read(0, with: reader) { _, _ in } == 0
  }

  /// Says that vectors are missing, if any are.
  ///
  /// - Throws: ``StoreError/missingVectors(backbone:missing:of:)``.
  public func check(missing: Int) throws {
    guard missing == 0 else {
      throw StoreError.missingVectors(backbone: backbone.name, missing: missing, of: requests.count)
    }
  }

  /// Reads some of the requests, which no other thread holds: to count the holders of what all share would take longer than the rows.
  private func read(
    _ requests: [Request], on connection: Connection, _ body: (Int, RawSpan) throws -> Void
  ) throws -> Int {
    let sql = "SELECT show(?1, \(EmbeddingRow.columns)) FROM embedding WHERE id BETWEEN ?2 AND ?3"
    return try connection.withStatement(sql) { statement in
      var missing = 0
      var next = 0
      while next < requests.count {
        var end = next + 1
        while end < requests.count, requests[end].content - requests[end - 1].content <= Self.widestGap {
          end += 1
        }
        missing += try scan(requests[next..<end], with: statement, body)
        next = end
      }
      return missing
    }
  }

  /// Answers requests whose contents lie close together, by one scan from the first to the last.
  private func scan(
    _ requests: ArraySlice<Request>, with statement: Statement,
    _ body: (Int, RawSpan) throws -> Void
  ) throws -> Int {
    guard let first = requests.first, let last = requests.last else { return 0 }
    let base = backbone.id << 40
    try statement.bind(base | first.content, at: 2)
    try statement.bind(base | last.content, at: 3)
    var missing = 0
    var next = requests.startIndex
    try statement.show { shown in
      let row = EmbeddingRow(shown)
      // A damaged file may answer with any id.
      let content = row.id &- base
      while next < requests.endIndex, requests[next].content < content {
        missing += 1
        next += 1
      }
      guard next < requests.endIndex, requests[next].content == content else { return }
      try backbone.check(row)
      while next < requests.endIndex, requests[next].content == content {
        try body(requests[next].row, row.vector.bytes)
        next += 1
      }
    }
    return missing + requests.endIndex - next
  }
}
