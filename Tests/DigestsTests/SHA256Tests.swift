import CKernels
import Foundation
import Testing

@testable import Digests

/// SHA-256 as FIPS 180-4 defines it, held against NIST's published vectors.
@Suite struct SHA256Tests {
  /// The vectors of NIST's Cryptographic Algorithm Validation Program: every short message, the first long ones.
  @Test(arguments: ["SHA256ShortMsg.rsp", "SHA256LongMsg.rsp"])
  func answersThePublishedVectors(file: String) throws {
    let vectors = try ResponseFile(named: file).messages
    #expect(!vectors.isEmpty)
    for (message, digest) in vectors {
      #expect(SHA256Digest(of: message).hex == digest, "a message of \(message.count) bytes")
    }
  }

  /// The program's Monte Carlo test: a hundred checkpoints on a chain of 100,000 digests.
  @Test func answersTheMonteCarloTest() throws {
    let file = try ResponseFile(named: "SHA256Monte.rsp")
    var seed = try #require(SHA256Digest(hex: file.values("Seed").first ?? "")).bytes
    let checkpoints = file.values("MD")
    #expect(checkpoints.count == 100)
    for checkpoint in checkpoints {
      var last = [seed, seed, seed]
      for _ in 0..<1000 {
        last = [last[1], last[2], SHA256Digest(of: last[0] + last[1] + last[2]).bytes]
      }
      seed = last[2]
      #expect(SHA256Digest(bytes: last[2])?.hex == checkpoint)
    }
  }

  /// The examples that FIPS 180-2 printed in its appendix B.
  @Test func answersTheExamplesOfTheStandard() {
    #expect(
      SHA256Digest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256Digest(of: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256Digest(of: [UInt8](repeating: 0x61, count: 1_000_000)).hex
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func doesNotSeeWhereAPieceEnds() {
    let bytes = pseudorandomBytes(count: 1000, seed: 1)
    let whole = SHA256Digest(of: bytes)
    for size in [1, 3, 55, 56, 63, 64, 65, 127, 128, 129, 999] {
      var hasher = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        hasher.update(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(hasher.finalize() == whole, "pieces of \(size) bytes")
    }
  }

  @Test func takesTextAsUTF8AndNumbersAsEightLittleEndianBytes() {
    var hasher = SHA256()
    hasher.update("é")
    hasher.update(UInt16(0x0102))
    hasher.update(-2)
    #expect(
      hasher.finalize()
        == SHA256Digest(of: [0xc3, 0xa9, 2, 1, 0, 0, 0, 0, 0, 0, 0xfe, 255, 255, 255, 255, 255, 255, 255]))
  }

  @Test func aCopyGoesItsOwnWay() {
    var first = SHA256()
    first.update("a")
    var second = first
    second.update("b")
    #expect(first.finalize() == SHA256Digest(of: "a"))
    #expect(second.finalize() == SHA256Digest(of: "ab"))
  }

  /// Every version this processor can run, against the portable one.
  @Test func theKernelsAgree() {
    typealias Kernel = (UnsafeMutablePointer<UInt32>?, UnsafePointer<UInt8>?, Int) -> Void
    var kernels: [(name: String, digest: Kernel)] = [("chosen", firn_sha256_blocks)]
    #if arch(x86_64)
      if firn_sha256_has_sha_ni() { kernels.append(("SHA-NI", firn_sha256_blocks_sha_ni)) }
    #endif
    let bytes = pseudorandomBytes(count: 64 * 33, seed: 2)
    for (name, digest) in kernels {
      for count in [0, 1, 2, 3, 32, 33] {
        var expected = pseudorandomWords(seed: UInt64(count))
        var state = expected
        firn_sha256_blocks_portable(&expected, bytes, count)
        digest(&state, bytes, count)
        #expect(state == expected, "\(name), \(count) blocks")
      }
    }
  }

  private func pseudorandomWords(seed: UInt64) -> [UInt32] {
    var generator = SplitMix64(state: seed)
    return (0..<8).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
  }
}
