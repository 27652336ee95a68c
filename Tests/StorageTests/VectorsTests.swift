import Datasets
import Digests
import Foundation
import Testing

@testable import Storage

/// Vectors as they are written, checked and read.
@Suite struct VectorsTests {
  let store: TemporaryStore
  let writer: StoreWriter
  let backbone: BackboneRecord
  /// The texts of contents 1, 2, …
  let texts = (1...200).map { "text \($0)" }

  init() throws {
    store = try TemporaryStore()
    writer = try store.writer()
    _ = try writer.addBackbone("other", dimension: 2)
    backbone = try writer.addBackbone("b", dimension: 5)
    let revision = try writer.beginRevision(of: "d", command: "test")
    try writer.write(
      texts.enumerated().map { Item(id: "item \($0.offset)", text: $0.element) },
      embeddings: [EmbeddingBatch(of: texts, by: backbone)], to: revision)
    _ = try writer.close(revision)
  }

  private func expected(_ contents: [Int64]) -> [Float] {
    contents.flatMap { testVector(of: texts[Int($0) - 1], dimension: 5) }
  }

  @Test(
    arguments: [
      [], [1], [200], Array(1...200), Array((1...200).reversed()), [7, 7, 7], [3, 200, 1, 3, 199],
      Array(stride(from: 1, through: 200, by: 7)), [1, 2, 3, 100, 101, 102, 198],
    ] as [[Int64]])
  func comeInTheOrderAskedFor(contents: [Int64]) throws {
    #expect(try writer.vectors(of: contents, by: backbone) == expected(contents))
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func comeInAnyRandomOrder(seed: UInt64) throws {
    var draws = Draws(seed: seed)
    let contents = (0..<500).map { _ in Int64(draws.below(200)) + 1 }
    #expect(try writer.vectors(of: contents, by: backbone) == expected(contents), "seed \(seed)")
  }

  @Test func severalReadersShareAGathering() throws {
    let contents = (0..<10_000).map { Int64($0 * 7919 % 200 + 1) }
    let gathering = VectorGathering(of: contents, by: backbone)
    #expect(gathering.parts == 3)
    var vectors: [Int: [Float]] = [:]
    for part in [2, 0, 1] {
      let missing = try gathering.readBlocks(part, with: store.reader()) { rows, block in
        #expect(block.count == 5 * rows.count)
        for (index, row) in rows.enumerated() {
          #expect(vectors.updateValue(Array(block[5 * index..<5 * index + 5]), forKey: row) == nil)
        }
      }
      #expect(missing == 0)
    }
    #expect(contents.indices.flatMap { vectors[$0] ?? [] } == expected(contents))
    #expect(VectorGathering(of: [], by: backbone).parts == 0)
  }

  @Test func whoEndsAReadingIsHeardAndMayReadAgain() throws {
    struct Enough: Error {}
    let gathering = VectorGathering(of: [3, 1, 2], by: backbone)
    let reader = try store.reader()
    var rows: [Int] = []
    #expect(throws: Enough.self) {
      try gathering.read(0, with: reader) { row, _ in
        rows.append(row)
        if rows.count == 2 { throw Enough() }
      }
    }
    #expect(rows == [1, 2])
    // One reading within another, on the same connection.
    let missing = try gathering.read(0, with: reader) { row, _ in
      let other = try reader.vectors(of: [4], by: backbone)
      #expect(other == expected([4]), "beside row \(row)")
    }
    #expect(missing == 0)
  }

  @Test(arguments: [1, 7, 1000, 20_000])
  func elementsAreSortedByTheirNumbersAndEqualOnesKeepTheirOrder(count: Int) {
    var draws = Draws(seed: UInt64(count))
    for shift in [63, 53, 24, 1] {
      let elements = (0..<count).map { (number: Int64(draws.next() >> shift), place: $0) }
      let sorted = elements.sorted(byNumber: \.number)
      let expected = elements.sorted { ($0.number, $0.place) < ($1.number, $1.place) }
      #expect(sorted.map(\.place) == expected.map(\.place))
    }
  }

  @Test func theNumberOfARemovedBackboneIsAnothersWithoutItsVectors() throws {
    let gathering = VectorGathering(of: [1, 2, 2], by: backbone)
    try writer.removeBackbone(named: "b")
    let next = try writer.addBackbone("next", dimension: 5)
    try writer.write(EmbeddingBatch(of: texts, by: next))
    #expect(next.id == backbone.id)
    #expect(try gathering.read(0, with: store.reader()) { _, _ in Issue.record("there is none") } == 3)
    #expect(
      storeError { try gathering.check(missing: 3) } == .missingVectors(backbone: "b", missing: 3, of: 3))
    try gathering.check(missing: 0)
  }

  @Test func aReaderKeepsItsCache() throws {
    let reader = try store.reader()
    let usual = try reader.connection.first("PRAGMA cache_size") { $0.int(0) }
    _ = try reader.vectors(of: [1], by: backbone)
    #expect(try reader.connection.first("PRAGMA cache_size") { $0.int(0) } == usual)
  }

  @Test func missingOnesAreCounted() throws {
    let other = try writer.backbone(named: "other")
    try writer.write(EmbeddingBatch(of: [texts[1], texts[4]], by: other))
    #expect(
      storeError { try writer.vectors(of: [2, 5, 3, 1, 5, 200, 9999, 1], by: other) }
        == .missingVectors(backbone: "other", missing: 5, of: 8))
    #expect(try writer.vectors(of: [5, 2, 5], by: other).count == 6)
  }

  @Test func theContractViewsShowThemToAnyClient() throws {
    let answer = try store.python(
      """
      rows = db.execute("SELECT digest, vector FROM embeddings WHERE backbone = 'b' ORDER BY digest").fetchall()
      print(len(rows), rows[0][0].hex(), struct.unpack('<5f', rows[0][1]))
      (vector,), = db.execute(
        "SELECT vector FROM item_embeddings WHERE backbone = 'b' AND dataset = 'd' AND item = 'item 6'").fetchall()
      print(struct.unpack('<5f', vector))
      """)
    let first = try #require(texts.min { SHA256Digest(of: $0) < SHA256Digest(of: $1) })
    func tuple(_ text: String) -> String {
      "(" + testVector(of: text, dimension: 5).map { "\(Double($0))" }.joined(separator: ", ") + ")"
    }
    #expect(answer == "200 \(SHA256Digest(of: first).hex) \(tuple(first))\n\(tuple(texts[6]))")
  }

  /// A checksum made by the letter of RFC 3720, bit by bit.
  @Test func theChecksumIsWhatTheSchemaSays() throws {
    #expect(
      try store.python(
        """
        def crc32c(data):
          crc = 0xffffffff
          for byte in data:
            crc ^= byte
            for _ in range(8):
              crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
          return crc ^ 0xffffffff
        rows = db.execute('SELECT id, tokens, truncated, vector, checksum FROM embedding').fetchall()
        print(len(rows), all(crc32c(struct.pack('<3q', *row[:3]) + row[3]) == row[4] for row in rows))
        print(all(row[0] >> 40 == 2 for row in rows))
        """) == "200 True\nTrue")
  }

  @Test(arguments: ["vector", "tokens", "truncated", "checksum"])
  func aChangedRowIsFound(column: String) throws {
    let change =
      switch column {
      case "vector": "vector = CAST(substr(vector, 1, 19) || X'01' AS BLOB)"
      case "truncated": "truncated = 1 - truncated"
      default: "\(column) = \(column) + 1"
      }
    _ = try store.python(
      "db.execute(\"UPDATE embedding SET \(change) WHERE id = (2 << 40) + 7\"); db.commit()")
    let damage = StoreError.damagedVector(backbone: "b", content: 7, reason: "its checksum does not fit")
    #expect(storeError { try writer.vectors(of: [1, 7], by: backbone) } == damage)
    #expect(try writer.vectors(of: [1, 6, 8], by: backbone) == expected([1, 6, 8]))
  }

  @Test(arguments: [0, 4, 19, 21, 24])
  func aVectorOfAnotherLengthIsFound(bytes: Int) throws {
    _ = try store.python("db.execute('UPDATE embedding SET vector = zeroblob(\(bytes))'); db.commit()")
    #expect(
      storeError { try writer.vectors(of: [3], by: backbone) }
        == .damagedVector(backbone: "b", content: 3, reason: "it has \(bytes) bytes, not 20"))
  }

  @Test func whatIsEmbeddedIsKnownByDigest() throws {
    let known = SHA256Digest(of: texts[3])
    let unknown = SHA256Digest(of: "never seen")
    #expect(try writer.embeddedContents(among: [known, unknown], by: backbone) == [known])
    #expect(try writer.embeddedContents(among: [known], by: try writer.backbone(named: "other")).isEmpty)
  }

  @Test func coverageCountsWhatTheBackboneRead() throws {
    let revision = try writer.beginRevision(of: "d", command: "more")
    try writer.write(
      [Item(id: "new", text: "not embedded"), Item(id: "again", text: texts[0])], to: revision)
    _ = try writer.close(revision)
    let read = texts + [texts[0]]
    #expect(
      try writer.coverage(of: "d", by: backbone)
        == EmbeddingCoverage(
          items: 202, embedded: 201, tokens: read.map(\.utf8.count).reduce(0, +),
          truncated: read.count { $0.utf8.count > 8 }))
    #expect(try writer.coverage(of: "d", at: 1, by: backbone).items == 200)
  }

  @Test func aVectorThatIsThereStays() throws {
    var batch = EmbeddingBatch(of: [texts[0]], by: backbone)
    batch.vectors = [9, 9, 9, 9, 9]
    try writer.write(batch)
    #expect(try writer.vectors(of: [1], by: backbone) == expected([1]))
  }

  @Test func aVectorNeedsItsContentAndItsShape() throws {
    #expect(
      storeError { try writer.write(EmbeddingBatch(of: ["never seen"], by: backbone)) }
        == .notFound(what: "content", name: SHA256Digest(of: "never seen").hex, near: []))
    var batch = EmbeddingBatch(of: [texts[0]], by: backbone)
    batch.vectors.removeLast()
    #expect(
      storeError { try writer.write(batch) }
        == .embeddingShape(backbone: "b", dimension: 5, rows: 1, floats: 4))
  }

  @Test func aBatchThatFailsLeavesNothing() throws {
    let revision = try writer.beginRevision(of: "d", command: "fails")
    #expect(throws: StoreError.self) {
      try writer.write(
        [Item(id: "new", text: "new text", labels: ["new": .single("x")])],
        embeddings: [EmbeddingBatch(of: ["new text", "never seen"], by: backbone)], to: revision)
    }
    #expect(try writer.close(revision).number == 1)
    #expect(try writer.tasks().isEmpty)
    #expect(
      try store.python("print(db.execute('SELECT count(*), max(id) FROM content').fetchone())")
        == "(200, 200)")
  }

  @Test func goWithTheirBackbone() throws {
    try writer.write(EmbeddingBatch(of: texts, by: try writer.backbone(named: "other")))
    try writer.removeBackbone(named: "b")
    #expect(
      try store.python("print(db.execute('SELECT count(*), min(id) >> 40 FROM embedding').fetchone())")
        == "(200, 1)")
    #expect(
      storeError { try writer.backbone(named: "b") } == .notFound(what: "backbone", name: "b", near: []))
  }
}
