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
    // Writing brings it up to date.
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
