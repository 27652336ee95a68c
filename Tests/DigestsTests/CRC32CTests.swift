import CKernels
import Testing

@testable import Digests

/// CRC-32C, held against the examples of RFC 3720, appendix B.4.
@Suite struct CRC32CTests {
  @Test(
    arguments: [
      ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
      ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
      ([UInt8](0...31), 0x46dd_794e),
      ([UInt8]((0...31).reversed()), 0x113f_db5c),
      (iSCSIReadCommand, 0xd996_3a56),
      (Array("123456789".utf8), 0xe306_9283),
      ([], 0),
    ] as [([UInt8], UInt32)])
  func answersThePublishedVectors(bytes: [UInt8], checksum: UInt32) {
    var crc = CRC32C()
    crc.update(bytes)
    #expect(crc.value == checksum)
  }

  @Test func doesNotSeeWhereAPieceEnds() {
    let bytes = pseudorandomBytes(count: 5000, seed: 4)
    var whole = CRC32C()
    whole.update(bytes)
    for cut in [0, 1, 7, 8, 9, 1535, 1536, 1537, 4999] {
      var parts = CRC32C()
      parts.update(Array(bytes[..<cut]))
      parts.update(Array(bytes[cut...]))
      #expect(parts == whole, "cut at \(cut)")
    }
  }

  @Test func takesTextAsUTF8AndNumbersAsEightLittleEndianBytes() {
    var parts = CRC32C()
    parts.update("é")
    parts.update(UInt32(0x0102_0304))
    var whole = CRC32C()
    whole.update([0xc3, 0xa9, 4, 3, 2, 1, 0, 0, 0, 0])
    #expect(parts == whole)
  }

  @Test func seesEveryFlippedBit() {
    let bytes = pseudorandomBytes(count: 1600, seed: 5)
    var whole = CRC32C()
    whole.update(bytes)
    for bit in 0..<(8 * bytes.count) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      var crc = CRC32C()
      crc.update(flipped)
      #expect(crc != whole, "bit \(bit)")
    }
  }

  /// Every version this processor can run, against the portable one: lengths about the lanes of the fast kernel, at
  /// every alignment.
  @Test func theKernelsAgree() {
    typealias Kernel = (UInt32, UnsafePointer<UInt8>?, Int) -> UInt32
    var kernels: [(name: String, checksum: Kernel)] = [("chosen", firn_crc32c)]
    #if arch(x86_64)
      if firn_crc32c_has_sse42() { kernels.append(("SSE4.2", firn_crc32c_sse42)) }
    #endif
    let bytes = pseudorandomBytes(count: 5000, seed: 6)
    for (name, checksum) in kernels {
      for count in [0, 1, 7, 8, 9, 511, 512, 1535, 1536, 1537, 1560, 3071, 3072, 3080, 4990] {
        for start in 0..<8 {
          bytes.withUnsafeBufferPointer { bytes in
            let piece = UnsafeBufferPointer(rebasing: bytes[start...]).baseAddress
            #expect(
              checksum(7, piece, count) == firn_crc32c_portable(7, piece, count),
              "\(name), \(count) bytes from \(start)")
          }
        }
      }
    }
  }
}

/// The iSCSI SCSI Read (10) command of the RFC.
private let iSCSIReadCommand: [UInt8] = [
  0x01, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
  0x14, 0x00, 0x00, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x14, 0x00, 0x00, 0x00, 0x18,
  0x28, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
]
