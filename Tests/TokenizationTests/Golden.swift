import Foundation
import Testing

@testable import Tokenization

/// The answers of the original software, written by `tools/golden/tokenization.py`.
enum Golden {
  static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  static func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: directory.appendingPathComponent(name)))
  }

  /// FNV-1a, 64 bits, in hexadecimal.
  static func digest(_ bytes: some Sequence<UInt8>) -> String {
    let value = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A directory that holds the small tokenizer with `sections` beside its model.
  static func modelDirectory(sections: String) throws -> URL {
    let model = try String(contentsOf: directory.appendingPathComponent("model.json"), encoding: .utf8)
    return try temporaryDirectory(["tokenizer.json": sections.dropLast() + ",\"model\":" + model + "}"])
  }

  /// A new directory with these files.
  static func temporaryDirectory(_ files: [String: String]) throws -> URL {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("tokenization-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: directory.appendingPathComponent(name))
    }
    return directory
  }
}

/// The texts that the original encoded.
struct GoldenTexts: Decodable {
  var texts: [String]
  var added: [String]
  var seed: UInt64
  var randomTexts: Int
  var textsPerDigest: Int
  var pools: [[[UInt32]]]
  var pieces: [String]

  static let shared = Result { try Golden.read("texts.json", as: GoldenTexts.self) }

  /// Random texts, drawn exactly as the script draws them.
  func random() throws -> [String] {
    var generator = SplitMix64(state: seed)
    return try (0..<randomTexts).map { _ in
      var text = String.UnicodeScalarView()
      var pool = pools[0]
      for _ in 0..<generator.below(40) {
        if generator.below(12) == 0 {
          text.append(contentsOf: pieces[generator.below(pieces.count)].unicodeScalars)
          continue
        }
        if generator.below(3) == 0 { pool = pools[generator.below(pools.count)] }
        let range = pool[generator.below(pool.count)]
        text.append(
          try #require(Unicode.Scalar(range[0] + UInt32(generator.below(Int(range[1] - range[0]) + 1)))))
      }
      return String(text)
    }
  }
}

/// Steele, Lea and Flood's generator.
struct SplitMix64 {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int(((z ^ (z >> 31)) >> 11) % UInt64(bound))
  }
}

/// What the original answers to the golden texts, cut to one length.
struct GoldenAnswers: Decodable {
  /// An answer a text: its ids and whether it was cut, or a digest of these.
  enum Answer: Decodable, Equatable {
    case numbers([Int32])
    case digest(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let digest = try? container.decode(String.self) {
        self = .digest(digest)
      } else {
        self = .numbers(try container.decode([Int32].self))
      }
    }
  }

  var fixed: [Answer]
  var random: [String]
}

extension GoldenAnswers {
  /// Holds `tokenizer` to the original's answers at every length that was recorded.
  static func check(
    _ tokenizer: WordPieceTokenizer, against answers: [String: GoldenAnswers], texts: [String]
  ) throws {
    #expect(answers.count == 2)
    let golden = try GoldenTexts.shared.get()
    let random = try golden.random()
    for (key, expected) in answers {
      let length = try #require(Int(key))
      try #require(texts.count == expected.fixed.count)
      for (text, answer) in zip(texts, expected.fixed) {
        let numbers = tokenizer.encode(text, maximumLength: length).numbers
        switch answer {
        case .numbers(let ids): #expect(numbers == ids, "\(text.debugDescription) at \(length)")
        case .digest(let digest):
          #expect(Self.digest([numbers]) == digest, "\(text.debugDescription) at \(length): \(numbers)")
        }
      }
      for (index, digest) in expected.random.enumerated() {
        let start = index * golden.textsPerDigest
        let group = random[start..<start + golden.textsPerDigest]
        let numbers = group.map { tokenizer.encode($0, maximumLength: length).numbers }
        #expect(Self.digest(numbers) == digest, "random texts \(start)… of seed \(golden.seed) at \(length)")
      }
    }
  }

  private static func digest(_ numbers: [[Int32]]) -> String {
    Golden.digest(
      numbers.joined().flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } })
  }
}

extension Encoding {
  /// The ids and, as the last number, whether the text was cut: the form of the golden answers.
  fileprivate var numbers: [Int32] {
    ids + [isTruncated ? 1 : 0]
  }
}
