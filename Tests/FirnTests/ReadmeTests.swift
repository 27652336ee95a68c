import Firn
import Foundation
import Testing

/// The lines under “The library” in the README, which are compared with it.
private func lines(backbone: String) throws {
  // Begin
  let store = Store(at: "firn.db")
  try store.addBackbone(at: backbone, named: "minilm")
  try store.extract(.path("packages.jsonl"), into: "packages", with: "minilm")

  let version = try store.train(
    "section", for: "section", on: "packages", with: "minilm", using: .ridge())
  try store.promote(version, to: "champion")

  let predictor = try store.predictor("section@champion")
  for answer in try predictor.predict(["beat your grandmother at chess"]) {
    print(answer.label, answer.score)
  }
  for neighbour in try store.nearest(5, to: "edit photographs", in: "packages", with: "minilm") {
    print(neighbour.id, neighbour.score)
  }
  // End
}

/// What the README shows of the library is true.
struct ReadmeTests {
  @Test func `The lines that are run here are those of the README`() throws {
    let here = try text(of: URL(filePath: #filePath))
    let readme = try text(
      of: URL(filePath: #filePath).appending(components: "..", "..", "..", "README.md").standardized)
    let library = try #require(readme.firstIndex(of: "## The library"))
    let shown = between("```swift", "```", of: readme[library...])
    let run = between("  // Begin", "  // End", of: here[...]).map {
      $0.hasPrefix("  ") ? $0.dropFirst(2) : $0
    }
    #expect(here.first == "import Firn")
    #expect(shown == ["import Firn", ""] + run)
  }

  private func text(of file: URL) throws -> [Substring] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private func between(_ begin: Substring, _ end: Substring, of lines: ArraySlice<Substring>) -> [Substring] {
    Array(lines.drop { $0 != begin }.dropFirst().prefix { $0 != end })
  }

  /// In a process and a folder of their own, for they name files by relative paths.
  @Test func `They run, and answer by meaning`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      let backbone = try #require(
        ProcessInfo.processInfo.environment["FIRN_TEST_BACKBONE"],
        "FIRN_TEST_BACKBONE names no model directory: run the tests with tools/test, which fetches it")
      let folder = FileManager.default.temporaryDirectory.appending(path: "firn-readme-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try #require(FileManager.default.changeCurrentDirectoryPath(folder.path))
      try packages.write(toFile: "packages.jsonl", atomically: false, encoding: .utf8)
      try lines(backbone: backbone)
    }
    let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
    let answers = output.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0.count == 2 }
    #expect(answers.map { String($0[0]) }.prefix(3) == ["games", "gimp", "darktable"], "\(output)")
    #expect(answers.count == 6 && answers.allSatisfy { (0...1).contains(Double($0[1]) ?? -1) }, "\(output)")
  }
}

/// Rows as `tools/fetch-data` writes them.
private let packages = [
  ("stockfish", "games", "strong chess engine, to play chess against"),
  ("gnuchess", "games", "plays a game of chess, either against the user or against itself"),
  ("pychess", "games", "chess graphical user interface for several chess engines"),
  ("freeciv", "games", "civilization turn based strategy game"),
  ("gnubg", "games", "graphical or console backgammon program with analysis"),
  ("gimp", "graphics", "GNU Image Manipulation Program"),
  ("darktable", "graphics", "virtual lighttable and darkroom for photographers"),
  ("inkscape", "graphics", "vector-based drawing program"),
  ("graphviz", "graphics", "rich set of graph drawing tools"),
  ("blender", "graphics", "very fast and versatile 3D modeller and renderer"),
  ("mutt", "mail", "text-based mailreader supporting MIME, GPG, PGP and threading"),
  ("postfix", "mail", "high-performance mail transport agent"),
  ("dovecot-core", "mail", "secure POP3 and IMAP server, core files"),
  ("spamassassin", "mail", "Perl-based spam filter using text analysis"),
  ("procmail", "mail", "versatile e-mail processor"),
].map { #"{"id": "\#($0)", "text": "\#($2)", "labels": {"section": "\#($1)"}}"# + "\n" }.joined()
