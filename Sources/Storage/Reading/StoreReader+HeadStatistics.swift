internal import Digests

extension StoreReader {
  /// What an update of a head version starts from; nil where it is not kept, as for all but the newest version of a head.
  ///
  /// - Throws: ``StoreError/damaged(path:what:)`` when it is not as it was written.
  public func statistics(of version: HeadVersionRecord) throws -> [UInt8]? {
    let found = try connection.first(
      """
      SELECT statistics, checksum FROM head_statistics JOIN head ON head.id = head_statistics.head
      WHERE head.name = ? AND head_statistics.version = ?
      """, .text(version.head), .integer(version.version)
    ) { (bytes: $0.bytes(0), checksum: $0.integer(1)) }
    guard let found else { return nil }
    guard found.checksum == Int64(Self.checksum(ofStatistics: found.bytes, version: version.version)) else {
      throw StoreError.damaged(
        path: path,
        what:
          "the statistics of \(version.head)@\(version.version) are not as they were written; train the head again"
      )
    }
    return found.bytes
  }

  /// CRC-32C of the version's number and the statistics.
  static func checksum(ofStatistics bytes: [UInt8], version: Int) -> UInt32 {
    var checksum = CRC32C()
    checksum.update(version)
    checksum.update(bytes)
    return checksum.value
  }
}
