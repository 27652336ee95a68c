import Firn
import Foundation
import Testing

/// The Python program under “Take it away” in the README answers as the head does here.
struct ReadmeProgramTests {
  private func program() throws -> String {
    let readme = try String(
      contentsOf: URL(filePath: #filePath).appending(components: "..", "..", "..", "README.md").standardized,
      encoding: .utf8)
    let part = try #require(readme.components(separatedBy: "**Take it away.**").last)
    return try #require(
      part.components(separatedBy: "```python\n").dropFirst().first?.components(separatedBy: "```").first)
  }

  /// Runs a program in the folder of `place`; its lines of output.
  private func run(_ program: String, in place: TemporaryStore) throws -> [Substring] {
    let python = try #require(
      ProcessInfo.processInfo.environment["FIRN_TEST_PYTHON"],
      "FIRN_TEST_PYTHON names no Python with NumPy: run the tests with tools/test")
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", program]
    process.currentDirectoryURL = place.folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  @Test func `It answers as the head does`() throws {
    let place = try TemporaryStore()
    try place.extract((0..<45).map { Examples.row($0) })
    try place.store.train("section", for: "section", on: "d", with: "tiny", using: .logistic(penalty: 0.1))
    func path(_ name: String) -> String { place.folder.appending(path: name).path }
    try place.store.exportHead("section", to: path("section.safetensors"))
    try place.store.exportHead("section", to: path("section.md"))
    try place.store.export("d", to: path("vectors.npy"), with: "tiny")

    let program = try program()
    #expect(program.split(separator: "\n").count <= 10, "it is short")
    let lines = try run(program, in: place)
    // Items leave in the order of the bytes of their ids.
    let order = (0..<45).sorted { "i\($0)".utf8.lexicographicallyPrecedes("i\($1)".utf8) }
    let answers = try place.store.predictor("section").predict(order.map { Examples.text($0) })
    #expect(lines.count == 45)
    for (line, answer) in zip(lines, answers) {
      let words = line.split(separator: " ")
      #expect(words.first.map(String.init) == answer.label)
      #expect(abs((words.last.flatMap { Double($0) } ?? .nan) - answer.score) < 1e-5, "\(line)")
    }

    let card = try String(contentsOf: place.folder.appending(path: "section.md"), encoding: .utf8)
    #expect(card.contains("```python\n" + program + "```"), "it is the card's, too")
  }
}
