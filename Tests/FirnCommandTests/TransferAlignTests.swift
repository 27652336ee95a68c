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
      def rows(name, labels, shift, spread=1):
          features = centres[labels] + spread * random.standard_normal((len(labels), 8)) + shift
          numpy.save(name + '.npy', features.astype('f4'))
          with open(name + '.jsonl', 'w') as file:
              for index, label in enumerate(labels):
                  item = {'id': f'{name}{index}', 'text': f'{name} {index}', 'labels': {'kind': f'c{label}'}}
                  file.write(json.dumps(item) + '\\n')
          return len(labels)
      print(json.dumps([
          rows('s', random.integers(16, size=1600), 0), rows('moved', random.integers(16, size=100), 2.5),
          rows('part', random.integers(3, size=100), 0, 1.5)]))
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
    #expect(trained.transfer.comparisons.allSatisfy { $0.interval.low > 0 && $0.rows == 100 })
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
    // What cannot count rows is refused before a transform is learnt.
    let transforms = try bench.sqlite("SELECT count(*) FROM transform")
    let other = try bench.run("\(line) lda")
    #expect(other.status == 64 && other.errors.contains("logistic, svm and mlp"), "\(other.testDescription)")
    let stored = try bench.run("\(line) lda".replacing("--align \(method)", with: "--align \(method)@1"))
    #expect(stored.status == 64, "\(stored.testDescription)")
    #expect(try bench.sqlite("SELECT count(*) FROM transform") == transforms)
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
    #expect(try bench.firn("head show h").output.contains("too few texts to tell by"))
    let drift = try bench.run("drift h --dataset s")
    #expect(drift.status == 69 && drift.errors.contains("label some"), "\(drift.testDescription)")
  }

  /// Imports `rows` of the target `moved` as a dataset of its own; all have the class `only` where there is one.
  private func importPart(_ name: String, rows: Range<Int>, only: String? = nil) throws {
    let made: Int = try bench.numPy(
      """
      items = [json.loads(line) for line in open('moved.jsonl')][\(rows.lowerBound):\(rows.upperBound)]
      for item in items:
          item['labels']['kind'] = \(only.map { "'\($0)'" } ?? "item['labels']['kind']")
      numpy.save('\(name).npy', numpy.load('moved.npy')[\(rows.lowerBound):\(rows.upperBound)])
      open('\(name).jsonl', 'w').write(''.join(json.dumps(item) + '\\n' for item in items))
      print(len(items))
      """)
    #expect(made == rows.count)
    try bench.firn("import \(name).npy --items \(name).jsonl --dataset \(name) --backbone clip")
  }

  @Test func `Few labels tell nothing, and those of one class that it alone is answered`() throws {
    try importPart("few", rows: 0..<19)
    let few: Trained = try bench.run(line(to: "few")).json()
    #expect((few.transfer.outcome, few.holdout_rows) == ("unmeasured", 19))
    #expect(few.transfer.comparisons.isEmpty)
    try importPart("one", rows: 0..<60, only: "c3")
    let run = try bench.run("\(line(to: "one")) --align moments")
    let one: Trained = try run.json()
    #expect(run.status == 3 && one.transfer.outcome == "hurts", "\(run.testDescription)")
    #expect(one.transfer.comparisons.map(\.rival) == ["target-only", "unadapted", "majority"])
    // No head can be made of one class; what is most frequent is right of all rows.
    let ends = one.transfer.comparisons.filter { $0.rival != "unadapted" }
    #expect(ends[0].advantage == ends[1].advantage && ends[0].rows == 60)
  }

  @Test func `What it serves, went through and is worth stands on its card and in its lineage`() throws {
    try bench.firn("\(line(to: "moved")) --align moments")
    try bench.firn("head export h --to h.md")
    let card = try bench.text(of: "h.md")
    let digest = try bench.firn("transfer list --json").json([Learnt].self)[0].digest
    for part in [
      "On 1600 rows of the dataset s, revision 1", "| answer | trained on | measured on |",
      "as the transform moments@1 has them, by moments (`\(digest)`)",
      "It is for another, moved, revision 1", "On 100 rows of moved", "this transfer helps",
      "| a head of the target's own labels | 100 | accuracy | ", "for texts like those of moved",
    ] {
      #expect(card.contains(part), "\(part)\n\(card)")
    }
    let lineage = try bench.firn("head show h --json").json(Shown.self).lineage
    #expect((lineage.dataset, lineage.target.dataset) == ("s", "moved"))
    #expect(lineage.target.revisions.map(\.added) == [100])
    #expect((lineage.transform.name, lineage.transform.digest) == ("moments", digest))
    let text = try bench.firn("head show h").output
    for part in ["moved revision 1  ", "transform moments@1", "1,600 trained on, 100 measured on"] {
      #expect(text.contains(part), "\(part)\n\(text)")
    }
  }

  private struct Shown: Decodable {
    struct Lineage: Decodable {
      struct Target: Decodable {
        struct Revision: Decodable {
          let added: Int
        }
        let dataset: String
        let revisions: [Revision]
      }
      struct Transform: Decodable {
        let name, digest: String
      }
      let dataset: String
      let target: Target
      let transform: Transform
    }
    let lineage: Lineage
  }

  /// The rival that answers by the nearest of the classes' means has them where the transform took them.
  @Test func `The gate's means are moved as the head's rows were`() throws {
    try bench.firn("\(line(to: "moved")) --align moments")
    try bench.firn("head promote h@1 champion --require")
    let log = try bench.firn("head log h").output
    let points = try #require(
      log.firstMatch(of: /([\d.]+) points (?:better|worse) than that of the nearest of the means/))
    #expect(try #require(Double(points.1)) < 10, "\(log)")
  }

  @Test func `A target that is another one in the other store is a conflict`() throws {
    try importPart("t", rows: 0..<40)
    try bench.firn("merge firn.db --into other.db")
    try importPart("t", rows: 0..<50)
    let revised: Int = try bench.numPy(
      """
      lines = open('t.jsonl').read().replace('c1', 'c2')
      open('t.jsonl', 'w').write(lines)
      print(1)
      """)
    #expect(revised == 1)
    try bench.firn("--store other.db import t.npy --items t.jsonl --dataset t --backbone clip")
    _ = try bench.run(line(to: "t"))
    let run = try bench.run("merge firn.db --into other.db")
    #expect(run.status == 65, "\(run.testDescription)")
    #expect(
      run.errors.contains("h@1 was adapted to revision 2 of “t”, which is another one there"), "\(run.errors)"
    )
  }

  @Test func `Vectors that it was measured by are missed`() throws {
    _ = try bench.run(line(to: "moved"))
    try bench.firn("verify")
    let removal = """
      DELETE FROM embedding WHERE id & 0xffffffffff IN (
        SELECT content FROM item_state JOIN item ON item.id = item_state.item JOIN dataset ON dataset.id = item.dataset
        WHERE dataset.name = 'moved' LIMIT 3)
      """
    #expect(try bench.changeWithSQLite(removal).status == 0)
    let run = try bench.run("verify")
    #expect(run.status == 65 && run.output.contains("3 "), "\(run.testDescription)")
    // A specification that is no JSON is told of, and stands in nobody's way.
    #expect(
      try bench.changeWithSQLite(
        "PRAGMA ignore_check_constraints = 1; DROP TRIGGER head_version_is_immutable; UPDATE head_version SET specification = 'none'"
      ).status == 0)
    let damaged = try bench.run("verify")
    #expect(
      damaged.status == 65 && damaged.errors.contains("version 1 of the head “h” is damaged"),
      "\(damaged.testDescription)")
  }

  /// Features that say nothing, classes as frequent as each other: a head that learnt them elsewhere is as good as chance, and so are its rivals.
  /// Of 15 targets of each kind one false alarm is as many as chance allows.
  @Test(arguments: ["class", "tags", "number"])
  func `Where nothing can be learnt, nothing helps`(kind: String) throws {
    let made: Int = try bench.numPy(
      """
      random = numpy.random.default_rng(29)
      def label(index):
          if '\(kind)' == 'class': return f'c{index % 10}'
          if '\(kind)' == 'tags': return [f't{index % 10}', f'rare{index}']
          return float(random.lognormal())
      for name, rows in [('noise', 400)] + [(f'noise{target}', 100 if '\(kind)' == 'class' else 150) for target in range(15)]:
          numpy.save(name + '.npy', random.standard_normal((rows, 8)).astype('f4'))
          with open(name + '.jsonl', 'w') as file:
              for index in range(rows):
                  item = {'id': f'{index}', 'text': f'{name} {index}', 'labels': {'noise': label(index)}}
                  file.write(json.dumps(item) + '\\n')
      print(1)
      """)
    #expect(made == 1)
    try bench.firn("import noise.npy --items noise.jsonl --dataset noise --backbone clip")
    let outcomes = try (0..<15).map { target in
      let name = "noise\(target)"
      try bench.firn("import \(name).npy --items \(name).jsonl --dataset \(name) --backbone clip")
      let line =
        "train n --source noise --target \(name) --backbone clip --task noise --method ridge --penalty 10 --json"
      return try bench.run(line).json(Verdict.self).transfer.outcome
    }
    #expect(outcomes.count { $0 == "helps" } <= 1, "\(outcomes)")
    // A head that answers a mean of tags or numbers, and some noise, is indeed worse than the plain shares and the median.
    if kind == "class" { #expect(outcomes.count { $0 == "hurts" } <= 2, "\(outcomes)") }
  }

  private struct Verdict: Decodable {
    struct Transfer: Decodable {
      let outcome: String
    }
    let transfer: Transfer
  }

  @Test func `A transform that is gone or damaged is told of, and stands in the way of what needs it alone`()
    throws
  {
    try bench.firn("\(line(to: "moved")) --align moments")
    let damage = """
      DROP TRIGGER transform_is_immutable; UPDATE transform SET weights = zeroblob(length(weights))
      """
    #expect(try bench.changeWithSQLite(damage).status == 0)
    try bench.firn("evaluate h --dataset part")
    #expect(try bench.run("head promote h@1 champion --require").status == 65)
    #expect(try bench.changeWithSQLite("DELETE FROM transform").status == 0)
    #expect(try bench.firn("head show h").output.contains("this transfer helps"))
    try bench.firn("head export h --to h.md")
    let verified = try bench.run("verify")
    #expect(verified.status == 65 && verified.output.contains("transform"), "\(verified.testDescription)")
  }

  /// What the reference is measured by must not be fitted to the reference: the rows held out fit the transform too.
  @Test func `What arrives from the target has not drifted for a head that was adapted to it`() throws {
    let made: Int = try bench.numPy(
      """
      random = numpy.random.default_rng(31)
      turn = numpy.linalg.qr(random.standard_normal((48, 48)))[0]
      def rows(name, count, features):
          numpy.save(name + '.npy', features.astype('f4'))
          with open(name + '.jsonl', 'w') as file:
              for index in range(count):
                  item = {'id': f'{index}', 'text': f'{name} {index}', 'labels': {'wide': f'c{index % 3}'}}
                  file.write(json.dumps(item) + '\\n')
      spread = numpy.linspace(0.2, 2, 48)
      rows('from', 600, random.standard_normal((600, 48)) * spread)
      for name in ['into', 'later']:
          rows(name, 100, (random.standard_normal((100, 48)) * spread) @ turn + 1)
      print(1)
      """)
    #expect(made == 1)
    try bench.firn("backbone declare wide --dimension 48")
    for name in ["from", "into", "later"] {
      try bench.firn("import \(name).npy --items \(name).jsonl --dataset \(name) --backbone wide")
    }
    for align in ["subspace", "coral"] {
      _ = try bench.run(
        "train a --source from --target into --align \(align) --backbone wide --task wide --method centroid")
      let drift = try bench.run("drift a --dataset later")
      #expect(drift.status == 0, "\(align): \(drift.testDescription)")
    }
  }

  @Test func `What is called as a method is what the method makes by itself`() throws {
    let align = "transfer align s moved --backbone clip --by"
    #expect(try bench.firn("\(align) coral --penalty 2 --json").json(Learnt.self).name == "coral-2")
    #expect(try bench.firn("\(align) subspace --axes 3 --json").json(Learnt.self).name == "subspace-3")
    let taken = try bench.run("\(align) coral --penalty 2 --name coral")
    #expect(taken.status == 64 && taken.errors.contains("--name") == false, "\(taken.testDescription)")
    for name in ["coral", "coral-2"] { _ = try bench.run("\(line(to: "moved")) --align \(name)") }
    let used: [Learnt] = try bench.firn("transfer list --json").json()
    let digests = try ["h@1", "h@2"].map {
      try bench.firn("head show \($0) --json").json(Trained.self).specification.adaptation.transform
    }
    #expect(digests == ["coral", "coral-2"].map { name in used.first { $0.name == name }?.digest })
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
