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
