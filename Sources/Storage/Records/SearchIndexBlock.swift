import Digests

/// Some of an index's contents, with their codes.
public struct SearchIndexBlock: Sendable {
  /// How many contents a full one has.
  public static let size = 4096
  /// Room for the pages of one, while many are read one after the other.
  static let cacheKibibytes = 512

  /// The block's number, from 0.
  public let number: Int
  /// The numbers of the contents.
  public let contents: [Int64]
  /// Their codes.
  public let codes: [UInt8]

  /// A block.
  public init(number: Int, contents: [Int64], codes: [UInt8]) {
    (self.number, self.contents, self.codes) = (number, contents, codes)
  }

  /// The contents' bytes, as they are stored.
  var contentBytes: [UInt8] {
    contents.flatMap { content in withUnsafeBytes(of: content.littleEndian) { Array($0) } }
  }

  /// The numbers that bytes hold, as they are stored.
  static func contents(_ bytes: UnsafeRawBufferPointer) -> [Int64] {
    (0..<bytes.count / 8).map {
      Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
    }
  }

  /// As the schema defines it.
  static func checksum(id: Int64, contents: UnsafeRawBufferPointer, codes: UnsafeRawBufferPointer) -> UInt32 {
    var checksum = CRC32C()
    checksum.update(id)
    checksum.update(contents)
    checksum.update(codes)
    return checksum.value
  }
}
