import Foundation
import JSON
import Testing

@Suite("Canonical JSON")
struct CanonicalTextTests {
  /// A text as Python writes it by default, a tab, the same in canonical form; by `tools/golden/datasets.py`.
  static let pairs = Result {
    try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Goldens/canonical.tsv"),
      encoding: .utf8
    ).split(separator: "\n").map { $0.split(separator: "\t").map { Array($0.utf8) } }
  }

  @Test("is what Python's json writes with sorted keys and no spaces")
  func agreesWithPython() throws {
    let pairs = try Self.pairs.get()
    #expect(pairs.count == 200)
    for pair in pairs {
      try #require(pair.count == 2)
      for text in pair {
        #expect(try Array(JSONValue(parsing: text[...]).canonicalText.utf8) == pair[1])
      }
    }
  }

  @Test("escapes what must be escaped, and nothing else")
  func escapes() {
    let value = JSONValue.string("\"\\/\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}é\u{2028}😀")
    #expect(value.canonicalText == #""\"\\/\u0000\b\t\n\u000b\f\r\u001f"# + "\u{7F}é\u{2028}😀\"")
  }
}
