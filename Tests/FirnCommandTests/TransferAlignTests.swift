import Foundation
import Testing

/// `firn transfer align`, `firn train --source --target --align`, and the guard.
///
/// The source `s` has sixteen classes. The target `moved` has the same, all in another place, and few rows: alignment helps. The target `part`
/// is of three of them, where they are: alignment would move them away, and hurts.
struct TransferAlignTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench(withBackbone: false)
    try bench.firn("backbone declare clip --dimension 8")
    let made: [Int] = try bench.numPy(
      """
      random = numpy.random.default_rng(11)
      centres = 1.5 * random.standard_normal((16, 8))
      def rows(name, labels, shift):
          features = centres[labels] + 1.2 * random.standard_normal((len(labels), 8)) + shift
          numpy.save(name + '.npy', features.astype('f4'))
          with open(name + '.jsonl', 'w') as file:
              for index, label in enumerate(labels):
                  item = {'id': f'{name}{index}', 'text': f'{name} {index}', 'labels': {'kind': f'c{label}'}}
                  file.write(json.dumps(item) + '\\n')
          return len(labels)
      print(json.dumps([
          rows('s', random.integers(16, size=1600), 0), rows('moved', random.integers(16, size=100), 2.5),
          rows('part', random.integers(3, size=100), 0)]))
      """)
    #expect(made == [1600, 100, 100])
    for name in ["s", "moved", "part"] {
      try bench.firn("import \(name).npy --items \(name).jsonl --dataset \(name) --backbone clip")
    }
  }

  private struct Trained: Decodable {
    struct Transfer: Decodable {
      struct Comparison: Decodable {
        struct Interval: Decodable {
          let low, high: Double
        }
        let rival: String
        let rows: Int
        let advantage: Double
        let interval: Interval
      }
      let outcome: String
      let comparisons: [Comparison]
    }
    struct Specification: Decodable {
      struct Adaptation: Decodable {
        let target: String
        let revision: Int
        let transform: String?
      }
      let adaptation: Adaptation
    }
    struct Metrics: Decodable {
      let accuracy: Double?
    }
    let version, train_rows, holdout_rows: Int
    let specification: Specification
    let transfer: Transfer
    let metrics: Metrics
  }

  private struct Learnt: Decodable {
    struct Metrics: Decodable {
      struct Change: Decodable {
        let before, after: Double
      }
      let coral, frechet: Change?
      let effective_rows: Double?
    }
    let name, digest: String
    let version: Int
    let metrics: Metrics
  }

  private struct Verified: Decodable {
    let identical: Bool
  }

  private func line(to target: String, by method: String = "lda") -> String {
    "train h --source s --target \(target) --backbone clip --task kind --method \(method) --json"
  }

  @Test func `Alignment helps where the target lies elsewhere, and the guard says so`() throws {
    let run = try bench.firn("\(line(to: "moved")) --align moments")
    let trained: Trained = try run.json()
    #expect(trained.transfer.outcome == "helps", "\(run.testDescription)")
    #expect(trained.transfer.comparisons.map(\.rival) == ["target-only", "unadapted", "majority"])
    #expect(trained.transfer.comparisons.allSatisfy { $0.interval.low > 0 && $0.rows > 80 })
    #expect((trained.train_rows, trained.holdout_rows) == (1600, 100))
    let plain: Trained = try bench.run(line(to: "moved")).json()
    #expect(try #require(trained.metrics.accuracy) > #require(plain.metrics.accuracy) + 0.1)
    #expect(plain.transfer.comparisons.map(\.rival) == ["target-only", "majority"])
    let words = try bench.firn("head show h@1").output
    #expect(words.contains("this transfer helps") && words.contains("for moved revision 1"), "\(words)")
    for version in [1, 2] {
      #expect(try bench.firn("head verify h@\(version) --json").json(Verified.self).identical)
    }
    // What they were measured on goes only with them.
    try bench.firn("import part.npy --items part.jsonl --dataset moved --backbone clip")
    try bench.firn("dataset forget moved --before 2")
    let needed = try bench.run("dataset remove moved")
    #expect(needed.status == 65 && needed.errors.contains("h@1, h@2"), "\(needed.testDescription)")
    #expect(try bench.firn("head verify h@1 --json").json(Verified.self).identical)
    try bench.firn("head promote h@1 champion")
    #expect(try bench.firn("evaluate h@1 --json").output.contains(#""dataset":"moved""#))
    #expect(try bench.firn("head compare h@1 h@2").output.contains("transform"))
  }

  @Test func `Where it hurts, the exit status and promotion say so, and an override is recorded`() throws {
    let run = try bench.run("\(line(to: "part")) --align moments")
    #expect(run.status == 3, "\(run.testDescription)")
    let trained: Trained = try run.json()
    #expect(trained.transfer.outcome == "hurts")
    let unadapted = try #require(trained.transfer.comparisons.first { $0.rival == "unadapted" })
    #expect(unadapted.interval.high < 0)
    for gate in ["", " --require"] {
      let refused = try bench.run("head promote h@1 champion\(gate)")
      #expect(
        refused.status == 65 && refused.errors.contains("its transfer hurts"), "\(refused.testDescription)")
    }
    try bench.firn("head promote h@1 champion --override", "only for a trial")
    #expect(try bench.firn("head log h").output.contains("only for a trial"))
    #expect(try bench.run("train h --update").errors.contains("was adapted"))
  }

  private func checkWeighing(
    by method: String, from source: String, to target: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let line =
      "train w --source \(source) --target \(target) --backbone clip --task kind --align \(method) --method"
    let run = try bench.run("\(line) logistic --penalty 1 --json")
    let trained: Trained = try run.json()
    let unadapted = try #require(trained.transfer.comparisons.first { $0.rival == "unadapted" })
    #expect(unadapted.interval.low > 0, "\(run.testDescription)", sourceLocation: sourceLocation)
    #expect(
      try bench.firn("head verify w --json").json(Verified.self).identical, sourceLocation: sourceLocation)
    let other = try bench.run("\(line) lda")
    #expect(other.status == 65 && other.errors.contains("logistic, svm or mlp"), "\(other.testDescription)")
  }

  @Test func `Rows count as often as their classes are in the target`() throws {
    try checkWeighing(by: "shift", from: "s", to: "part")
  }

  /// No straight line tells these classes apart, but where the target lies one does.
  @Test func `Rows count as often as rows like them are in the target`() throws {
    let made: Int = try bench.numPy(
      """
      random = numpy.random.default_rng(5)
      for name, rows, mean, deviation in [('wide', 800, 0, 1.5), ('narrow', 200, 1.5, 0.5)]:
          features = random.standard_normal((rows, 8))
          features[:, 0] = mean + deviation * features[:, 0]
          numpy.save(name + '.npy', features.astype('f4'))
          with open(name + '.jsonl', 'w') as file:
              for index, value in enumerate(features[:, 0]):
                  item = {'id': f'{name}{index}', 'text': f'{name} {index}', 'labels': {'kind': 'out' if abs(value) > 1.5 else 'in'}}
                  file.write(json.dumps(item) + '\\n')
      print(1)
      """)
    #expect(made == 1)
    for name in ["wide", "narrow"] {
      try bench.firn("import \(name).npy --items \(name).jsonl --dataset \(name) --backbone clip")
    }
    try checkWeighing(by: "importance", from: "wide", to: "narrow")
  }

  @Test(arguments: ["moments", "coral", "subspace --axes 3"])
  func `A map brings the two nearer, and is kept once`(method: String) throws {
    let words = "transfer align s moved --backbone clip --by \(method) --name m --json"
    let first: Learnt = try bench.firn(words).json()
    let frechet = try #require(first.metrics.frechet)
    #expect(frechet.after < frechet.before)
    let again: Learnt = try bench.firn(words).json()
    #expect((again.version, again.digest) == (1, first.digest))
    _ = try bench.run("\(line(to: "moved")) --align m")
    let trained: Trained = try bench.firn("head show h --json").json()
    #expect(trained.specification.adaptation.transform == first.digest)
  }

  @Test func `Transforms are listed, merged, verified and removed`() throws {
    try bench.firn("transfer align s moved --backbone clip --by moments --name spare")
    try bench.firn("transfer align s part --backbone clip --by moments --name spare")
    _ = try bench.run("\(line(to: "moved")) --align moments")
    let listed: [Learnt] = try bench.firn("transfer list --json").json()
    #expect(listed.map { "\($0.name)@\($0.version)" } == ["moments@1", "spare@1", "spare@2"])
    #expect(try bench.firn("transfer list").output.contains("spare@2"))
    // What a head was trained through goes only while another name has it.
    try bench.firn("transfer remove spare")
    let needed = try bench.run("transfer remove moments")
    #expect(needed.status == 65 && needed.errors.contains("h@1"), "\(needed.testDescription)")
    #expect(try bench.run("transfer remove nothing").status == 69)

    try bench.firn("merge firn.db --into other.db")
    #expect(try bench.sqlite("SELECT name || version FROM transform", of: "other") == "moments1")
    #expect(try bench.firn("--store other.db head verify h --json").json(Verified.self).identical)

    #expect(try bench.changeWithSQLite("UPDATE transform SET created = ''").status != 0)
    let damage = """
      DROP TRIGGER transform_is_immutable; UPDATE transform SET weights = zeroblob(length(weights))
      """
    #expect(try bench.changeWithSQLite(damage).status == 0)
    let verified = try bench.run("verify")
    #expect(verified.status == 65 && verified.output.contains("moments@1"), "\(verified.testDescription)")
  }

  @Test func `A target without labels is served, and nothing is said of it`() throws {
    try bench.write(
      #"{"id": "a", "text": "moved 1"}"# + "\n" + #"{"id": "b", "text": "moved 2"}"#, to: "bare.jsonl")
    let rows: Int = try bench.numPy(
      "a = numpy.load('moved.npy')[1:3]; numpy.save('bare.npy', a); print(len(a))")
    #expect(rows == 2)
    try bench.firn("import bare.npy --items bare.jsonl --dataset bare --backbone clip")
    let trained: Trained = try bench.firn("\(line(to: "bare"))").json()
    #expect((trained.transfer.outcome, trained.holdout_rows) == ("unmeasured", 0))
    #expect(try bench.firn("head show h").output.contains("has no labels"))
  }

  @Test func `What does not fit together is refused`() throws {
    try bench.firn("transfer align s part --backbone clip --by moments --name m")
    let other = try bench.run("\(line(to: "moved")) --align m")
    #expect(other.status == 65 && other.errors.contains("“s” to “part”"), "\(other.testDescription)")
    #expect(try bench.run("\(line(to: "moved")) --align nothing").status == 69)
    let same = try bench.run(line(to: "s"))
    #expect(same.status == 65 && same.errors.contains("nothing is left to learn"), "\(same.testDescription)")
    let usage = [
      "train h --source s --backbone clip --task kind --method lda",
      "train h --dataset s --align coral --backbone clip --task kind --method lda",
      "\(line(to: "moved")) --holdout 0.1",
      "transfer align s moved --backbone clip --by coral --axes 3",
      "transfer align s moved --backbone clip --by subspace --axes 9",
      "transfer align s moved --backbone clip --by shift",
    ]
    for words in usage {
      let run = try bench.run(words)
      #expect(run.status == 64, "\(run.testDescription)")
    }
  }
}
