import Digests

/// The CRC-32C of an embedding's row, as the schema defines it.
func embeddingChecksum(
  id: Int64, tokens: Int64, truncated: Int64, vector: UnsafeRawBufferPointer
) -> UInt32 {
  var checksum = CRC32C()
  checksum.update(id)
  checksum.update(tokens)
  checksum.update(truncated)
  checksum.update(vector)
  return checksum.value
}

extension BackboneRecord {
  /// Makes sure that a vector is the one that was written. `row` begins with its id, itself, tokens, truncated, checksum.
  func check(_ vector: UnsafeRawBufferPointer, of row: Statement) throws(StoreError) {
    let bytes = dimension * MemoryLayout<Float>.size
    let reason: String? =
      if vector.count != bytes {
        "it has \(vector.count) bytes, not \(bytes)"
      } else if Int64(
        embeddingChecksum(
          id: row.integer(0), tokens: row.integer(2), truncated: row.integer(3), vector: vector))
        != row.integer(4)
      {
        "its checksum does not fit"
      } else {
        nil
      }
    if let reason {
      throw .damagedVector(backbone: name, content: row.integer(0) & Self.contentMask, reason: reason)
    }
  }
}
