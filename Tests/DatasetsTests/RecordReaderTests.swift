import Foundation
import Testing

@testable import Datasets

@Suite("Records of a stream")
struct RecordReaderTests {
  /// A record as the test sees it.
  private enum Found: Equatable {
    case text(String, line: Int)
    case tooLong(line: Int)
    case unterminated(line: Int)
  }

  private func records(
    _ text: String, _ boundary: RecordBoundary, maximumLength: Int, pieceLength: Int
  ) throws -> [Found] {
    let folder = try TemporaryFolder()
    let stream = try ByteStream(.path(folder.write(text, to: "input")))
    var reader = try RecordReader(
      stream, endingAt: boundary, maximumLength: maximumLength, pieceLength: pieceLength)
    var found: [Found] = []
    while let record = try reader.next() {
      switch record {
      case .bytes(let bytes): found.append(.text(String(decoding: bytes, as: UTF8.self), line: reader.line))
      case .tooLong: found.append(.tooLong(line: reader.line))
      case .unterminated: found.append(.unterminated(line: reader.line))
      }
    }
    #expect(reader.bytesRead == text.utf8.count)
    return found
  }

  @Test("do not depend on the pieces they are read in", arguments: 1...40)
  func pieces(pieceLength: Int) throws {
    #expect(
      try records("\u{FEFF}one\n\nthree\r\nfour", .newlines, maximumLength: 5, pieceLength: pieceLength) == [
        .text("one", line: 1), .text("", line: 2), .tooLong(line: 3), .text("four", line: 4),
      ])
    #expect(
      try records(
        "a,\"b\n\"\"\n\"\n\n\"long, long\n\"\nlast,\"",
        .table(delimiter: 0x2C), maximumLength: 10, pieceLength: pieceLength) == [
          .text("a,\"b\n\"\"\n\"", line: 1), .text("", line: 4), .tooLong(line: 5), .unterminated(line: 7),
        ])
  }

  @Test("are the same for random bytes and any piece length", arguments: 0..<200 as Range<UInt64>)
  func randomBytes(seed: UInt64) throws {
    var generator = SplitMix64(state: seed)
    let alphabet = ["a", "b", ",", "\"", "\n", "\r\n", "\"\""]
    let text = (0..<60).map { _ in alphabet.randomElement(using: &generator) ?? "" }.joined()
    for boundary in [RecordBoundary.newlines, .table(delimiter: 0x2C)] {
      let whole = try records(text, boundary, maximumLength: 12, pieceLength: 4_096)
      let pieces = try records(
        text, boundary, maximumLength: 12, pieceLength: Int.random(in: 1...9, using: &generator))
      #expect(whole == pieces, "seed \(seed): \(text.debugDescription)")
    }
  }
}

/// A small generator with a seed that a failing test can print (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
