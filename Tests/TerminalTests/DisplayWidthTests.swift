import Foundation
import Testing

@testable import Terminal

/// The lines of a golden file.
private func golden(_ name: String) throws -> [String] {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
  return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
}

@Suite("The width of text")
struct DisplayWidthTests {
  @Test("is that of Python's wcwidth for every scalar that Unicode has assigned")
  func scalars() throws {
    var expected = [Int](repeating: 1, count: 0x110000)
    for line in try golden("widths.txt") {
      let parts = line.split(separator: " ")
      let first = try #require(Int(parts[0], radix: 16))
      let last = try #require(Int(parts[1], radix: 16))
      for point in first...last { expected[point] = try #require(Int(parts[2])) }
    }
    var wrong: [String] = []
    for point in 0xA0..<0x110000 {
      guard let scalar = Unicode.Scalar(UInt32(point)) else { continue }
      switch scalar.properties.generalCategory {
      case .unassigned, .privateUse, .lineSeparator, .paragraphSeparator: continue
      default: if scalar.displayWidth != expected[point] { wrong.append(String(point, radix: 16)) }
      }
    }
    #expect(wrong == [])
  }

  @Test("is that of Python's wcswidth for whole texts", arguments: try golden("strings.tsv"))
  func strings(line: String) throws {
    let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
    #expect(try String(parts[0]).displayWidth == #require(Int(parts[1])))
  }

  @Test(
    "is what a cut text keeps to",
    arguments: [
      ("firn", 4, "firn"), ("firn", 3, "fi…"), ("firn", 1, "…"), ("firn", 0, ""), ("漢字漢", 6, "漢字漢"),
      ("漢字漢", 5, "漢字…"), ("漢字漢", 4, "漢…"), ("漢字漢", 2, "…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
      ("👩\u{200D}👩\u{200D}👧ab", 3, "👩\u{200D}👩\u{200D}👧…"),
    ])
  func cut(text: String, width: Int, expected: String) {
    #expect(text.cut(to: width) == expected)
    #expect(text.cut(to: width).displayWidth <= width)
  }

  @Test("is none for what hostile data would do to a terminal: it is shown")
  func visible() {
    #expect("plain é 漢".visible == "plain é 漢")
    #expect("\u{1B}[2J\r\n\t\0\u{7F}".visible == "␛[2J␍␊␉␀␡")
    #expect("a\u{9B}31m\u{202E}b\u{2066}\u{2028}".visible == "a\u{FFFD}31m\u{FFFD}b\u{FFFD}\u{FFFD}")
  }
}
