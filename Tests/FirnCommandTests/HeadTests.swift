import Foundation
import Testing

/// `firn head`: immutable versions, aliases that move, and a log of every move.
struct HeadTests {
  let bench: Workbench

  /// A head `h` of two versions, by ridge and by logistic regression.
  init() throws {
    bench = try Workbench.withExamples()
    for method in ["ridge", "logistic"] {
      try bench.firn("train h --dataset d --backbone tiny --task section --method \(method)")
    }
  }

  struct Move: Decodable, Equatable {
    let alias: String
    let version: Int?
    let reason: String
  }

  struct Verification: Decodable {
    let head: String
    let version: Int
    let identical: Bool
    let differences: [String]
  }

  private func show(_ reference: String) throws -> VersionReport {
    try bench.firn("head show \(reference) --json").json()
  }

  @Test func `The list is an array of versions with the keys of the contract`() throws {
    try bench.firn("head promote h@1 champion")
    let run = try bench.firn("head list --json")
    let list = try run.json([VersionReport].self)
    #expect(list.map(\.version) == [1, 2])
    #expect(list.map(\.method) == ["ridge", "logistic"])
    #expect(list.map(\.aliases) == [["champion"], []])
    let contract: Set = [
      "head", "version", "digest", "aliases", "task", "backbone", "method", "metrics", "created",
    ]
    for object in try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    {
      #expect(contract.isSubset(of: object.keys))
    }
    #expect(try show("h@2").digest == list[1].digest)
  }

  @Test func `Without an alias a head is its newest version, with a champion that one`() throws {
    #expect(try show("h").version == 2)
    try bench.firn("head promote h@1 candidate")
    #expect(try show("h").version == 2)
    try bench.firn("head promote h@1 champion")
    #expect(try show("h").version == 1)
    #expect(try show("h@champion").version == 1)
    #expect(try show("h@2").version == 2)
    #expect(try show("h@1").aliases.sorted() == ["candidate", "champion"])
  }

  @Test func `A rollback is one more entry of the log; twice goes two promotions back`() throws {
    let rollback = "head rollback h champion --json"
    for version in [1, 2, 1] { try bench.firn("head promote h@\(version) champion") }
    #expect(
      try bench.firn(rollback).json(Move.self) == Move(alias: "champion", version: 2, reason: "rollback"))
    #expect(
      try bench.firn(rollback).json(Move.self) == Move(alias: "champion", version: 1, reason: "rollback"))
    #expect(try show("h").version == 1)
    let end = try bench.run(rollback)
    #expect(end.status == 69 && end.output == "", "\(end)")
    let log = try bench.firn("head log h --json").json([Move].self)
    #expect(log.map(\.version) == [1, 2, 1, 2, 1])
    #expect(log.map(\.reason) == ["promote", "promote", "promote", "rollback", "rollback"])
    #expect(try bench.sqlite("SELECT head, alias, version FROM aliases") == "h|champion|1")
  }

  @Test(arguments: ["h@1", "h@2"])
  func `Trained again from the stored revision, a version is the same bytes`(reference: String) throws {
    // Later revisions change nothing of it: one relabels, one brings a new item.
    try bench.firn(
      "extract - --dataset d --backbone tiny",
      input: #"{"id": "i0", "text": "chess", "labels": {"section": "mail"}}"# + "\n" + Examples.row(60))
    let run = try bench.firn("head verify \(reference) --json --threads 1")
    #expect(try run.keys() == [["differences", "head", "identical", "version"]])
    let verification: Verification = try run.json()
    #expect(verification.identical && verification.differences == [])
    #expect("\(verification.head)@\(verification.version)" == reference)
  }

  @Test(arguments: [
    ("UPDATE label SET value = 'mail' WHERE item = (SELECT min(id) FROM item)", "rows"),
    (
      "DROP TRIGGER head_version_is_immutable; UPDATE head_version SET weights = CAST(weights || x'00' AS BLOB)",
      "weights"
    ),
    ("DROP TRIGGER head_version_is_immutable; UPDATE head_version SET digest = zeroblob(32)", "digest"),
    (
      "DROP TRIGGER head_version_is_immutable; UPDATE head_version SET metrics = replace(metrics, '48', '47')",
      "metrics"
    ),
  ])
  func `What was tampered with does not verify`(statement: String, difference: String) throws {
    let change = try bench.changeWithSQLite(statement)
    #expect(change.status == 0, "\(change)")
    let run = try bench.run("head verify h@1 --json")
    #expect(run.status == 65, "\(run)")
    let verification: Verification = try run.json()
    #expect(!verification.identical)
    #expect(verification.differences.contains { $0.contains(difference) }, "\(run)")
    #expect(!verification.differences.contains { $0.contains("cause") }, "\(run)")
  }

  @Test func `What differs from where a version was trained is named as a possible cause`() throws {
    let change = try bench.changeWithSQLite(
      """
      DROP TRIGGER head_version_is_immutable; UPDATE head_version SET weights = CAST(weights || x'00' AS BLOB),
        environment = json_set(environment, '$.kernels', 'abacus', '$.blas', 'tables', '$.firn', '0.0.1')
      """)
    #expect(change.status == 0, "\(change)")
    let run = try bench.run("head verify h@1")
    #expect(run.status == 65, "\(run)")
    for cause in ["Firn, 0.0.1 when", "the kernels, abacus when", "BLAS, tables when"] {
      #expect(run.output.contains("a possible cause: \(cause)"), "\(run)")
    }
  }

  @Test(arguments: [
    "UPDATE head_version SET metrics = '{}' WHERE version = 1",
    "UPDATE head_version SET weights = zeroblob(10)", "UPDATE alias_log SET version = 2",
    "DELETE FROM alias_log",
  ])
  func `No other tool can change a version or the log by accident`(statement: String) throws {
    try bench.firn("head promote h@1 champion")
    let before = try bench.sqlite("SELECT *, hex(weights) FROM head_version; SELECT * FROM alias_log")
    let change = try bench.changeWithSQLite(statement)
    #expect(
      change.status != 0
        && change.errors.contains("head version never changes") != change.errors.contains("append-only"))
    #expect(try bench.sqlite("SELECT *, hex(weights) FROM head_version; SELECT * FROM alias_log") == before)
  }

  @Test func `Two versions are compared on the rows that both held out`() throws {
    struct Comparison: Decodable {
      struct Difference: Decodable {
        let what: String
        let first: String
        let second: String
      }
      struct Agreement: Decodable, Equatable {
        let rows: Int
        let both_right: Int
        let only_first_right: Int
        let only_second_right: Int
        let both_wrong: Int
      }
      let first: VersionReport
      let second: VersionReport
      let differences: [Difference]
      let agreement: Agreement?
    }
    let comparison: Comparison = try bench.firn("head compare h@1 h@2 --json").json()
    #expect(try comparison.first == show("h@1") && comparison.second == show("h@2"))
    #expect(comparison.differences.first { $0.what == "method" }?.second == "logistic")
    let agreement = try #require(comparison.agreement)
    #expect(agreement.rows == 12)
    for (version, right) in [
      (comparison.first, agreement.both_right + agreement.only_first_right),
      (comparison.second, agreement.both_right + agreement.only_second_right),
    ] {
      #expect(version.metrics.accuracy == Double(right) / 12)
    }
    #expect(
      agreement.both_right + agreement.only_first_right + agreement.only_second_right + agreement.both_wrong
        == 12)

    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge --holdout 0")
    #expect(try bench.firn("head compare h@1 h@3 --json").json(Comparison.self).agreement == nil)
    #expect(try bench.firn("head compare h@1 h@3").output.contains("No row was held out by both"))
  }

  @Test func `A removed head is gone with its versions and its log`() throws {
    try bench.firn("head promote h@1 champion")
    #expect(try bench.firn("head remove h --json").output == "{\"removed\":\"h\"}\n")
    #expect(
      try bench.sqlite("SELECT count(*) FROM head_version UNION ALL SELECT count(*) FROM alias_log") == "0\n0"
    )
  }

  @Test(arguments: ["h@", "@1", "h@1@2", "@"])
  func `A reference that cannot be read is 64`(reference: String) throws {
    for verb in ["head show", "head verify", "evaluate", "predict"] {
      let run = try bench.run("\(verb) \(reference)")
      #expect(run.status == 64 && run.errors.contains(reference), "\(run)")
    }
  }

  @Test func `What is not there is 69, with the near name`() throws {
    try bench.firn("head promote h@1 champion")
    for (words, says) in [
      ("head show hh", "did you mean “h”"), ("head show h@champio", "did you mean “champion”"),
      ("head show h@3", "h@3"), ("head promote h@3 champion", "h@3"), ("head log hh", "did you mean “h”"),
      ("head rollback h candidate", "candidate"), ("head remove hh", "did you mean “h”"),
      ("head verify hh", "did you mean “h”"), ("predict hh", "did you mean “h”"),
    ] {
      let run = try bench.run(words)
      #expect(run.status == 69 && run.errors.contains(says), "\(run)")
    }
  }
}
