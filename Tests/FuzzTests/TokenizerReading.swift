import Foundation
import Tokenization

extension HostileFormat {
  /// Opens a tokenizer of one damaged file and encodes texts with it.
  static func tokenizerReader(of name: String) -> @Sendable (URL) throws -> Reader {
    { folder in
      { bytes in
        try Data(bytes).write(to: folder.appending(path: name))
        let tokenizer = try WordPieceTokenizer(modelDirectory: folder)
        for text in Samples.texts {
          for length in [0, 16, Int.max] { _ = tokenizer.encode(text, maximumLength: length) }
        }
      }
    }
  }

  static let tokenizerReader = tokenizerReader(of: "tokenizer.json")
}
