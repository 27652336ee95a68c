import Foundation
import Testing

/// `firn nearest -`: a line in, its answers out, as long as both sides wish.
struct NearestStreamTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  /// Waits until the command has written so many lines; all that it wrote.
  private func lines(_ count: Int, of command: RunningCommand) throws -> [String] {
    let patience = ContinuousClock.now + .seconds(30)
    while true {
      let lines = try command.outputSoFar.split(separator: "\n").map(String.init)
      if lines.count >= count || ContinuousClock.now > patience { return lines }
      usleep(2_000)
    }
  }

  @Test(arguments: ["-", "--file -"])
  func `Each line is answered before the next is written`(input: String) throws {
    let command = try bench.start("nearest \(input) --dataset d --backbone tiny --json -k 3")
    for (index, query) in ["chess board", "a letter", "photo"].enumerated() {
      try command.write(query + "\n")
      let written = try lines(3 * index + 3, of: command)
      #expect(written.count == 3 * index + 3)
      let alone = try bench.firn("nearest --dataset d --backbone tiny --json -k 3", query).jsonLines(
        Neighbour.self)
      let found = try written.suffix(3).map { try JSONDecoder().decode(Neighbour.self, from: Data($0.utf8)) }
      #expect(found.map(\.query) == [query, query, query])
      #expect(found.map(\.id) == alone.map(\.id) && found.map(\.score) == alone.map(\.score))
    }
    #expect(command.isRunning)
    try command.closeInput()
    #expect(try command.end().status == 0)
  }

  @Test func `People are answered line by line too`() throws {
    let command = try bench.start("nearest - --dataset d --backbone tiny -k 2")
    try command.write("chess\n")
    // The query, the columns' names, two neighbours.
    let written = try lines(4, of: command)
    #expect(written.count == 4 && written.first == "chess")
    try command.closeInput()
    #expect(try command.end().status == 0)
  }

  @Test func `What was said before a fault stands, and nothing in is nothing out`() throws {
    let empty = try bench.firn("nearest - --dataset d --backbone tiny --json", input: "\n \n")
    #expect(empty.output == "")
    let unfinished = try bench.firn("nearest - --dataset d --backbone tiny --json -k 1", input: "chess\nmail")
    #expect(try unfinished.jsonLines(Neighbour.self).map(\.query) == ["chess", "mail"])
  }
}
