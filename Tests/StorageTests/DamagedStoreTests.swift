import Datasets
import Digests
import Testing

@testable import Storage

/// Rows that no Firn would write, as damage or malice leaves them: told as an error, whatever numbers stand in them.
@Suite struct DamagedStoreTests {
  let store: TemporaryStore
  private let texts = ["one", "two", "three"]

  init() throws {
    store = try TemporaryStore()
    let writer = try store.writer()
    let backbone = try writer.addBackbone("b", dimension: 5)
    let revision = try writer.beginRevision(of: "d", command: "test")
    try writer.write(
      texts.map { Item(id: $0, text: $0, labels: ["t": .single($0)]) },
      embeddings: [EmbeddingBatch(of: texts, by: backbone)], to: revision)
    _ = try writer.close(revision)
  }

  /// Runs SQL past the schema's checks.
  private func damage(_ sql: String) throws {
    _ = try store.python(
      #"db.execute("PRAGMA ignore_check_constraints = ON"); db.executescript("""\#(sql)"""); db.commit()"#)
  }

  private func problems() throws -> [String] {
    var found: [String] = []
    try store.reader().problems { found.append($0.what) }
    return found
  }

  @Test(arguments: [
    "dimension = 0", "dimension = -1", "dimension = 9223372036854775807", "id = 0", "id = 8388608",
    "id = -9223372036854775807",
  ])
  func aBackboneOfImpossibleNumbersIsDamaged(change: String) throws {
    try damage("UPDATE backbone SET \(change)")
    guard case .damaged = storeError({ try store.reader().backbone(named: "b") }) else {
      Issue.record("it was read")
      return
    }
    #expect(try problems().contains { $0.contains("backbone “b”") })
  }

  @Test(arguments: [4, 6, 250_000_000])
  func aWrongDimensionTakesNoMemory(dimension: Int) throws {
    try damage("UPDATE backbone SET dimension = \(dimension)")
    let reader = try store.reader()
    let backbone = try reader.backbone(named: "b")
    // As many rows as no memory could hold.
    let contents = [Int64](repeating: 1, count: 1_000_000)
    guard case .damagedVector = storeError({ try reader.vectors(of: contents, by: backbone) }) else {
      Issue.record("vectors were read")
      return
    }
    let missing = [Int64](repeating: 9, count: 1_000_000)
    #expect(
      storeError { try reader.vectors(of: missing, by: backbone) }
        == .missingVectors(backbone: "b", missing: missing.count, of: missing.count))
  }

  @Test func contentsOfImpossibleNumbersAreMissing() throws {
    let reader = try store.reader()
    let backbone = try reader.backbone(named: "b")
    for contents in [[.min, .max], [1, -1], [1, 1 << 40, 1 << 62]] as [[Int64]] {
      let error = storeError { try reader.vectors(of: contents, by: backbone) }
      #expect(
        error
          == .missingVectors(
            backbone: "b", missing: contents.filter { $0 != 1 }.count, of: contents.count))
    }
  }

  @Test(arguments: [1 << 40, 1 << 62, Int64.max])
  func aVacuumEndsWhateverNumberTheLastContentHas(last: Int64) throws {
    try damage("UPDATE content SET id = \(last) WHERE id = 3")
    #expect(try store.writer().vacuum().contents == 1)
  }

  @Test func itemsMayHaveAnyNumbers() throws {
    try damage(
      """
      UPDATE item SET id = -9223372036854775808 WHERE id = 1; UPDATE item SET id = 9223372036854775807 WHERE id = 2;
      """)
    #expect(try store.reader().itemNumbers(of: "d").map(\.item) == [3])
  }

  @Test func twoAnswersToOneTaskAreDamage() throws {
    try store.extract([Item(id: "one", text: "one", labels: ["t": .single("other")])])
    try damage("UPDATE label SET until = NULL")
    guard case .damaged = storeError({ try store.reader().changes(of: "d", from: 1) { _ in } }) else {
      Issue.record("both were read")
      return
    }
  }

  @Test func noVersionFollowsTheLastNumber() throws {
    let digest = SHA256Digest(of: "")
    let draft = HeadVersionDraft(
      head: "h", task: "t", digest: digest, specification: "{}", backbone: "b", fingerprint: digest,
      dataset: "d", revision: 1, rowsDigest: digest, weights: [], metrics: "{}", environment: "{}")
    let writer = try store.writer()
    _ = try writer.append(draft)
    try damage(
      "DROP TRIGGER head_version_is_immutable; UPDATE head_version SET version = 9223372036854775807")
    guard case .damaged = storeError({ try writer.append(draft) }) else {
      Issue.record("one did")
      return
    }
  }

  @Test func aDigestOfAnotherLengthIsAProblemAmongOthers() throws {
    try damage(
      "UPDATE content SET digest = x'00' WHERE id = 1; UPDATE embedding SET checksum = 0 WHERE id & 3 = 2")
    let found = try problems()
    #expect(found.contains { $0.contains("32 bytes") } && found.contains { $0.contains("checksum") })
  }
}
