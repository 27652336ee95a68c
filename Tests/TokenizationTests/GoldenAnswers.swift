import Testing

@testable import Tokenization

/// What the original answers to the golden texts.
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

  /// The answers cut to one length: to the fixed texts, and a digest for every few random ones.
  struct Cut: Decodable {
    var fixed: [Answer]
    var random: [String]
  }

  /// By length.
  var cut: [String: Cut]
  /// Digests of the uncut answers to long texts.
  var long: [String]
}

extension GoldenAnswers {
  /// Holds `tokenizer` to every answer.
  func check(_ tokenizer: WordPieceTokenizer, texts: [String]) throws {
    let golden = try GoldenTexts.shared.get()
    let random = try golden.random()
    #expect(cut.count == 2)
    for (key, expected) in cut {
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
      try #require(expected.random.count * golden.textsPerDigest == random.count)
      for (index, digest) in expected.random.enumerated() {
        let start = index * golden.textsPerDigest
        let numbers = random[start..<start + golden.textsPerDigest]
          .map { tokenizer.encode($0, maximumLength: length).numbers }
        #expect(Self.digest(numbers) == digest, "random texts \(start)… of seed \(golden.seed) at \(length)")
      }
    }
    try #require(long.count * golden.textsPerLongText == random.count)
    for (index, digest) in long.enumerated() {
      let start = index * golden.textsPerLongText
      let text = random[start..<start + golden.textsPerLongText].joined()
      let numbers = tokenizer.encode(text, maximumLength: .max).numbers
      #expect(Self.digest([numbers]) == digest, "random texts \(start)… of seed \(golden.seed), joined")
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
