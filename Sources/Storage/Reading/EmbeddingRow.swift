import Digests

/// A row of the table of embeddings. Its vector lies in SQLite's memory, until the next row.
struct EmbeddingRow {
  static let columns =
    "embedding.id, embedding.vector, embedding.tokens, embedding.truncated, embedding.checksum"

  let id: Int64
  let vector: UnsafeRawBufferPointer
  let tokens: Int64
  let truncated: Int64
  private let checksum: Int64

  /// The row that `statement` is at, which gives ``columns`` first.
  init(_ statement: Statement) {
    id = statement.integer(0)
    vector = statement.withBytes(1) { $0 }
    tokens = statement.integer(2)
    truncated = statement.integer(3)
    checksum = statement.integer(4)
  }

  /// The row that is being shown, of which ``columns`` are asked for.
  init(_ row: ShownRow) {
    id = row.integer(0)
    vector = row.bytes(1)
    tokens = row.integer(2)
    truncated = row.integer(3)
    checksum = row.integer(4)
  }

  /// Whether it is what was written.
  var isIntact: Bool {
    Int64(Self.checksum(id: id, tokens: tokens, truncated: truncated, vector: vector)) == checksum
  }

  /// The CRC-32C of a row, as the schema defines it.
  static func checksum(
    id: Int64, tokens: Int64, truncated: Int64, vector: UnsafeRawBufferPointer
  ) -> UInt32 {
    var checksum = CRC32C()
    checksum.update(id)
    checksum.update(tokens)
    checksum.update(truncated)
    checksum.update(vector)
    return checksum.value
  }
}

extension BackboneRecord {
  /// Makes sure that one of its vectors is the one that was written.
  func check(_ row: EmbeddingRow) throws(StoreError) {
    let bytes = dimension * MemoryLayout<Float>.size
    let reason: String? =
      if row.vector.count != bytes {
        "it has \(row.vector.count) bytes, not \(bytes)"
      } else if !row.isIntact {
        "its checksum does not fit"
      } else {
        nil
      }
    if let reason {
      throw .damagedVector(backbone: name, content: row.id & Self.contentMask, reason: reason)
    }
  }
}
