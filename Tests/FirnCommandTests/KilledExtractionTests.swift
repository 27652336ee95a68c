import Foundation
import Testing

/// `kill -9` in the middle of an extraction, then the same command again.
struct KilledExtractionTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `Nothing that was committed is lost, nothing is extracted twice`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let count = 12_000
    let bench = try Workbench()
    try bench.write(Examples.rows(0..<count), to: "input.jsonl")
    let command = "extract input.jsonl --dataset d --backbone tiny --json"
    func committed() throws -> Int { try #require(Int(bench.sqlite("SELECT count(*) FROM embeddings"))) }

    var kills: [Int] = []
    while kills.count < 4 {
      let running = try bench.start(command)
      let before = kills.last ?? 0
      while try running.isRunning && committed() == before {}
      usleep(.random(in: 0..<150_000, using: &random))
      if running.isRunning { running.kill() }
      guard try running.end().status != 0 else { break }
      kills.append(try committed())
      #expect(try bench.sqlite("PRAGMA integrity_check") == "ok", "seed \(seed), kills at \(kills)")
    }
    try #require(!kills.isEmpty, "seed \(seed): the extraction was too quick to be killed")
    #expect(kills == kills.sorted(), "seed \(seed), kills at \(kills)")
    let stood = try committed()

    let report: ExtractReport = try bench.firn(command).json()
    #expect(report.items == count && report.duplicates == 0, "seed \(seed), kills at \(kills)")
    #expect(report.reused == stood && report.extracted == count - stood, "seed \(seed), kills at \(kills)")

    // As another tool sees it: every item once, with the vector that an undisturbed extraction gives it.
    #expect(try bench.sqlite("PRAGMA integrity_check; PRAGMA foreign_key_check") == "ok", "seed \(seed)")
    #expect(try bench.sqlite("SELECT count(*), count(DISTINCT item) FROM items") == "\(count)|\(count)")
    #expect(
      try bench.sqlite("SELECT count(*), count(DISTINCT digest) FROM embeddings") == "\(count)|\(count)")
    let undisturbed = try Workbench()
    try undisturbed.firn(
      "extract --dataset d --backbone tiny", bench.folder.appending(path: "input.jsonl").path)
    for columns in [
      "item, vector FROM $.item_embeddings", "item, text, metadata FROM $.items", "* FROM $.labels",
    ] {
      let (first, second) = (
        columns.replacing("$", with: "main"), columns.replacing("$", with: "other")
      )
      let difference = try bench.sqlite(
        """
        ATTACH '\(undisturbed.store)' AS other;
        SELECT count(*) FROM (SELECT \(first) EXCEPT SELECT \(second));
        SELECT count(*) FROM (SELECT \(second) EXCEPT SELECT \(first));
        """)
      #expect(difference == "0\n0", "seed \(seed), kills at \(kills): \(columns)")
    }
    // Once more: all is there.
    #expect(try bench.firn(command).json(ExtractReport.self).reused == count)
  }

  @Test func `Readers see the last complete revision; the log tells of the interrupted one`() throws {
    let bench = try Workbench.withExamples(10)
    let running = try bench.start("extract - --dataset d --backbone tiny")
    // More than two batches: the first is stored when the second is full.
    try running.write(Examples.rows(10..<4_200))
    while try running.isRunning && bench.sqlite("SELECT count(*) FROM embeddings") == "10" {}
    #expect(try bench.sqlite("SELECT count(*) FROM items") == "10")
    running.kill()
    _ = try running.end()
    #expect(try bench.sqlite("SELECT count(*) FROM items") == "10")
    #expect(
      try bench.firn("nearest --dataset d --backbone tiny -k 5000 --json", "chess").jsonLines(Neighbour.self)
        .count == 10)

    try bench.firn("extract - --dataset d --backbone tiny", input: Examples.rows(4_190..<4_210))
    let log = try bench.firn("dataset log d --json").json([ExtractTests.Revision].self)
    #expect(log.map(\.state) == ["closed", "interrupted", "closed"])
  }
}
