import Foundation
import Testing

/// Stores of every schema that was released, kept as dumps: this Firn opens them, brings them up to date and finds all that they held.
struct OldStoreTests {
  private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Fixtures")

  private static func dump(_ version: Int) -> URL { fixtures.appending(path: "store-v\(version).sql") }

  /// The versions for which there is a dump.
  static let versions = Array((1...).prefix { FileManager.default.fileExists(atPath: dump($0).path) })

  private func bench(_ version: Int) throws -> Workbench {
    let bench = try Workbench(withBackbone: false)
    let made = try bench.changeWithSQLite(String(contentsOf: Self.dump(version), encoding: .utf8))
    #expect(made.status == 0, "\(made)")
    return bench
  }

  @Test func `There is one of every schema`() throws {
    let bench = try Workbench()
    #expect(try bench.sqlite("PRAGMA user_version") == "\(Self.versions.count)")
  }

  @Test(arguments: versions)
  func `An old store is read, written and sound`(version: Int) throws {
    let bench = try bench(version)
    // Reading brings it up to date, as writing would.
    try bench.firn("head list")
    try bench.firn("backbone relink tiny", Workbench.model().path)
    #expect(try bench.sqlite("PRAGMA user_version") == "\(Self.versions.count)")
    try bench.firn("verify --sample 20")
    struct Dataset: Decodable { let revision, items: Int }
    for (revision, items) in [(1, 12), (2, 10), (3, 10)] {
      let dataset: Dataset = try bench.firn("--json dataset show d --at \(revision)").json()
      #expect(dataset.revision == revision && dataset.items == items)
    }
    struct Neighbour: Decodable { let id: String }
    let near = try bench.firn("--json nearest --id m1 --dataset made --backbone clip -k 2").jsonLines(
      Neighbour.self)
    #expect(Set(near.map(\.id)) == ["m0", "m2"])
    let words = try bench.sqlite("SELECT rowid FROM words WHERE words MATCH 'snow' ORDER BY rowid")
    let texts = "SELECT id FROM content WHERE ' ' || text || ' ' LIKE '% snow %' ORDER BY id"
    #expect(try words == bench.sqlite(texts) && !words.isEmpty)
    struct Prediction: Decodable { let label: String }
    let predictions = try bench.firn("--json predict kind@champion", input: #"{"text":"snow ice"}"# + "\n")
      .jsonLines(
        Prediction.self)
    #expect(predictions.count == 1 && ["a", "b"].contains(predictions[0].label))
    #expect(try bench.sqlite("SELECT version FROM aliases") == "1")
    try bench.firn("--json train kind --dataset d --backbone tiny --task label --method ridge --holdout 0")
    #expect(try bench.sqlite("SELECT count(*) FROM head_version") == "3")
  }

  @Test(arguments: versions)
  func `The head of an old store is annotated, protected and pruned as any other`(version: Int) throws {
    let bench = try bench(version)
    struct Version: Decodable, Equatable {
      let version: Int
      let digest: String
    }
    // Version 1 is the champion, and the newest another one.
    let newest = try #require(Int(try bench.sqlite("SELECT max(version) FROM head_version")))
    try bench.firn("head note kind@\(newest)", "from before")
    try bench.firn("head tag kind@\(newest) aged")
    let before: [Version] = try bench.firn("head list --json --tag aged").json()
    #expect(before.map(\.version) == [newest])
    try bench.firn("head protect kind champion")
    #expect(try bench.run("head promote kind@\(newest) champion").status == 65)
    try bench.firn("head promote kind@\(newest) champion --override trial")
    try bench.firn("head rollback kind champion --override over")
    #expect(try bench.sqlite("SELECT version FROM aliases") == "1")
    try bench.firn("backbone relink tiny", Workbench.model().path)
    for seed in 1...2 {
      try bench.firn(
        "train kind --dataset d --backbone tiny --task label --method ridge --holdout 0 --seed \(seed)")
    }
    try bench.firn("head prune kind --keep 1")
    #expect(try bench.run("head show kind@\(newest + 1)").errors.contains("was pruned"))
    #expect(try bench.firn("head list --json --tag aged").json([Version].self) == before)
    #expect(try bench.firn("head show kind@\(newest)").output.contains("from before"))
    try bench.firn("head unalias kind champion --override done")
    try bench.firn("verify")
  }

  @Test func `What an old store says of its head is found`() throws {
    let bench = try bench(2)
    let shown = try bench.firn("head show kind@champion").output
    for part in ["kind@1", "first, good", "the first of all"] { #expect(shown.contains(part), "\(shown)") }
    #expect(try bench.run("head show kind@2").errors.contains("was pruned"))
    #expect(try bench.run("head unalias kind champion").status == 65)
  }

  @Test(arguments: versions.filter { $0 >= 3 })
  func `The trials of an old store are found`(version: Int) throws {
    struct Trial: Decodable {
      let rank: Int
      let method: String
    }
    let trials: [Trial] = try bench(version).firn("head trials kind --json").json()
    #expect(trials.map(\.method) == ["ridge", "centroid"] && trials.map(\.rank) == [1, 2])
  }

  @Test(arguments: versions)
  func `A newer store is refused, its version named`(version: Int) throws {
    let bench = try bench(version)
    #expect(try bench.changeWithSQLite("PRAGMA user_version = 99").status == 0)
    for words in ["dataset list", "vacuum"] {
      let run = try bench.run(words)
      #expect(run.status == 65)
      #expect(
        run.errors.contains("schema version 99") && run.errors.contains("use a newer Firn"), "\(run.errors)")
    }
  }

  @Test func `A migration that was another one is refused`() throws {
    let bench = try bench(1)
    #expect(try bench.changeWithSQLite("UPDATE migration SET checksum = zeroblob(32)").status == 0)
    let run = try bench.run("dataset list")
    #expect(run.status == 65)
    #expect(run.errors.contains("another migration 1"), "\(run.errors)")
  }
}
