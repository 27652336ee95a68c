import Foundation
import Testing

@testable import Digests

/// A digest as a value: its bytes, its text, its order.
@Suite struct SHA256DigestTests {
  private let hex = "00ff10a0b0c0d0e0f0112233445566778899aabbccddeeff0123456789abcdef"

  @Test func isItsHexadecimalDigits() throws {
    let digest = try #require(SHA256Digest(hex: hex))
    #expect(digest.hex == hex)
    #expect("\(digest)" == hex)
    #expect(digest.bytes.prefix(4) == [0x00, 0xff, 0x10, 0xa0])
    #expect(SHA256Digest(bytes: digest.bytes) == digest)
    #expect(SHA256Digest(hex: hex.uppercased()) == digest)
  }

  @Test(arguments: ["", "00", String(repeating: "g", count: 64), String(repeating: "0", count: 65), "é"])
  func refusesOtherText(text: String) {
    #expect(SHA256Digest(hex: text) == nil)
  }

  @Test func refusesAnotherNumberOfBytes() {
    #expect(SHA256Digest(bytes: [UInt8](repeating: 1, count: 31)) == nil)
    #expect(SHA256Digest(bytes: [UInt8](repeating: 1, count: 33)) == nil)
  }

  @Test func isOrderedAsItsBytes() {
    let digests = (0..<200).map { SHA256Digest(of: "\($0)") }
    let byBytes = digests.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    #expect(digests.sorted() == byBytes)
    #expect(Set(digests + digests).count == 200)
  }

  @Test func isCodedAsText() throws {
    let digest = try #require(SHA256Digest(hex: hex))
    #expect(String(decoding: try JSONEncoder().encode([digest]), as: UTF8.self) == "[\"\(hex)\"]")
    #expect(try JSONDecoder().decode([SHA256Digest].self, from: Data("[\"\(hex)\"]".utf8)) == [digest])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([SHA256Digest].self, from: Data("[\"00\"]".utf8))
    }
  }

  @Test func digestsAFileByChunks() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "digest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let bytes = pseudorandomBytes(count: 3 << 20 | 17, seed: 3)
    try Data(bytes).write(to: file)
    #expect(try SHA256Digest(ofFile: file) == SHA256Digest(of: bytes))
  }

  @Test func namesAFileThatCannotBeRead() throws {
    let error = #expect(throws: DigestError.self) {
      try SHA256Digest(ofFile: URL(filePath: "/nowhere/at/all"))
    }
    #expect(try #require(error).description.contains("/nowhere/at/all"))
  }
}
