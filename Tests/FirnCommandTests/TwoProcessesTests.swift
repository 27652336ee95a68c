import Foundation
import Testing

/// Two processes at one store: one writes, any number read.
struct TwoProcessesTests {
  let bench: Workbench
  /// An extraction that holds the store for writing and waits for more input.
  let writer: RunningCommand

  init() throws {
    bench = try Workbench.withExamples()
    writer = try bench.start("extract - --dataset d --backbone tiny --json")
    // More than two batches of them: the first is stored when the second is full.
    try writer.write(Examples.rows(60..<4_200))
    while try writer.isRunning && bench.sqlite("SELECT count(*) FROM revision WHERE state = 'open'") == "0" {}
  }

  @Test func `A second writer says that it waits, and gives up with 75`() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let second = try bench.run("extract examples.jsonl --dataset other --backbone tiny --wait 0.5 --json")
    #expect(second.status == 75 && second.output == "", "\(second)")
    #expect(second.errors.contains("Waiting") && second.errors.contains("try again"), "\(second)")
    #expect(clock.now - start >= .seconds(0.5))
    let quiet = try bench.run("backbone remove tiny --wait 0 --quiet")
    #expect(quiet.status == 75 && !quiet.errors.contains("Waiting"), "\(quiet)")

    try writer.closeInput()
    let first = try writer.end()
    #expect(first.status == 0 && first.errors == "", "\(first)")
    #expect(try first.json(ExtractReport.self).added == 4_140)
  }

  @Test func `A second writer goes on when the first is done`() throws {
    let second = try bench.start(
      "extract examples.jsonl --dataset other --backbone tiny --wait 60 --json", input: "")
    while try second.isRunning && !second.errorsSoFar.contains("Waiting") {}
    #expect(second.isRunning)
    try writer.closeInput()
    #expect(try writer.end().status == 0)
    let run = try second.end()
    #expect(run.status == 0, "\(run)")
    #expect(try run.json(ExtractReport.self).reused == 60)
  }

  @Test func `Readers never wait, and see what was complete when they began`() throws {
    for words in [
      "dataset show d", "dataset list", "dataset log d", "backbone list", "backbone verify tiny", "head list",
      "nearest --id i0 --dataset d --backbone tiny",
    ] {
      let run = try bench.run("\(words) --wait 0 --json")
      #expect(run.status == 0 && run.errors == "", "\(run)")
    }
    let neighbours = try bench.firn("nearest --dataset d --backbone tiny -k 1000 --json", "chess")
    #expect(try neighbours.jsonLines(Neighbour.self).count == 60)
    try writer.closeInput()
    #expect(try writer.end().status == 0)
    let later = try bench.firn("nearest --dataset d --backbone tiny -k 5000 --json", "chess")
    #expect(try later.jsonLines(Neighbour.self).count == 4_200)
  }
}
