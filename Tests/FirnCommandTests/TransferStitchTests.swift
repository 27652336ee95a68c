import Foundation
import Testing

/// `firn transfer stitch`, and what is served through a stitch.
///
/// The backbone `old` has embedded the 400 texts of the archive `a`; `new`, whose features are those turned and shifted, and `strange`, whose
/// features have nothing to do with them, only its first 300, the sample `s`.
struct TransferStitchTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench(withBackbone: false)
    let made: Int = try bench.numPy(
      """
      random = numpy.random.default_rng(3)
      labels = random.integers(4, size=400)
      old = 2 * random.standard_normal((4, 8))[labels] + random.standard_normal((400, 8))
      turn = numpy.linalg.qr(random.standard_normal((8, 8)))[0]
      new = old @ turn + 2 + 0.05 * random.standard_normal((400, 8))
      strange = random.standard_normal((400, 8))
      numpy.save('turn.npy', turn)
      numpy.save('query.npy', new[350:351].astype('f4'))
      numpy.save('a-old.npy', old.astype('f4'))
      for name, features in [('old', old), ('new', new), ('strange', strange)]:
          numpy.save(f's-{name}.npy', features[:300].astype('f4'))
      for name, count in [('a', 400), ('s', 300)]:
          with open(name + '.jsonl', 'w') as file:
              for index, label in enumerate(labels[:count]):
                  item = {'id': f'i{index}', 'text': f'text {index}', 'labels': {'kind': f'c{label}'}}
                  file.write(json.dumps(item) + '\\n')
      print(1)
      """)
    #expect(made == 1)
    for name in ["old", "new", "strange"] {
      try bench.firn("backbone declare \(name) --dimension 8")
      try bench.firn("import s-\(name).npy --items s.jsonl --dataset s --backbone \(name)")
    }
    try bench.firn("import a-old.npy --items a.jsonl --dataset a --backbone old")
  }

  private struct Learnt: Decodable {
    struct Specification: Decodable {
      let method: String
      let penalty, holdout: Double?
      let seed: Int?
    }
    struct Metrics: Decodable {
      struct Fidelity: Decodable {
        let rows: Int
        let explained, cosine, recall, old_recall: Double
      }
      let source_rows: Int
      let stitch: Fidelity
    }
    struct Head: Decodable {
      struct Interval: Decodable {
        let low, high: Double
      }
      let head, measure: String
      let rows: Int
      let own, stitched, loss: Double
      let interval: Interval
    }
    struct Transfer: Decodable {
      struct Comparison: Decodable {
        let rival: String
        let rows: Int
        let advantage: Double
      }
      let outcome: String
      let comparisons: [Comparison]
    }
    let name, digest, backbone, to_backbone: String
    let version: Int
    let specification: Specification
    let metrics: Metrics
    let head: Head?
    let transfer: Transfer
  }

  private let line = "transfer stitch --from old --to new --dataset s"
  private let head = "train h --dataset s --backbone new --task kind --method ridge"

  @Test(arguments: ["procrustes", "ridge"])
  func `The new space is learnt from the old one`(method: String) throws {
    let run = try bench.firn("\(line) --by \(method) --json")
    let learnt: Learnt = try run.json()
    #expect((learnt.name, learnt.backbone, learnt.to_backbone) == (method, "old", "new"))
    #expect((learnt.specification.holdout, learnt.specification.seed) == (0.2, 0))
    #expect((learnt.specification.penalty != nil) == (method == "ridge"))
    let found = learnt.metrics.stitch
    #expect((learnt.metrics.source_rows, found.rows) == (240, 60))
    #expect(found.explained > 0.99 && found.cosine > 0.99, "\(run.testDescription)")
    #expect(found.recall > 0.85 && found.recall > found.old_recall + 0.1, "\(run.testDescription)")
    #expect(learnt.transfer.outcome == "helps")
    #expect(learnt.transfer.comparisons.map(\.rival) == ["old-backbone", "mean"])
    let again: Learnt = try bench.firn("\(line) --by \(method) --json").json()
    #expect((again.version, again.digest) == (1, learnt.digest))
    let other: Learnt = try bench.firn("\(line) --by \(method) --seed 1 --json").json()
    #expect(other.version == 2)
    #expect(try bench.firn("transfer list").output.contains("old to new"))
    #expect(try bench.firn("\(line) --by \(method)").output.contains("this transfer helps"))
  }

  @Test func `Procrustes finds the rotation`() throws {
    try bench.firn("\(line) --by procrustes")
    let distances: [Double] = try bench.numPy(
      """
      import sqlite3
      bytes = sqlite3.connect('firn.db').execute('SELECT weights FROM transform').fetchone()[0]
      size = struct.unpack('<Q', bytes[:8])[0]
      start, end = json.loads(bytes[8:8 + size])['matrix']['data_offsets']
      found = numpy.frombuffer(bytes[8 + size + start:8 + size + end], '<f4').reshape(8, 8)
      print(json.dumps([float(abs(found - numpy.load('turn.npy')).max()), float(abs(found @ found.T - numpy.eye(8)).max())]))
      """)
    #expect(distances[0] < 0.01 && distances[1] < 1e-5, "\(distances)")
  }

  @Test func `What a head loses is measured on texts that neither learnt from`() throws {
    try bench.firn(head)
    let learnt: Learnt = try bench.firn("\(line) --head h --json").json()
    let measured = try #require(learnt.head)
    #expect((measured.head, measured.measure) == ("h@1", "accuracy"))
    #expect(measured.rows > 40 && measured.rows <= 60)
    #expect(
      measured.own > 0.9 && measured.stitched > 0.9 && measured.own - measured.stitched == measured.loss)
    #expect(measured.interval.low <= measured.loss && measured.loss <= measured.interval.high)
    #expect(learnt.transfer.comparisons.map(\.rival) == ["old-backbone", "majority"])
    #expect(learnt.transfer.comparisons[1].advantage > 0.3)
    #expect(try bench.firn("\(line) --head h").output.contains("through the stitch"))
  }

  @Test func `Where the new space has nothing to do with the old one, the exit status says so`() throws {
    let words = "transfer stitch --from old --to strange --dataset s"
    let turned = try bench.run("\(words) --by procrustes --json")
    #expect(turned.status == 3, "\(turned.testDescription)")
    let learnt: Learnt = try turned.json()
    #expect(learnt.transfer.outcome == "hurts" && learnt.metrics.stitch.explained < 0)
    try bench.firn("train blind --dataset s --backbone strange --task kind --method ridge")
    let headed = try bench.run("\(words) --head blind --json")
    #expect(headed.status == 3, "\(headed.testDescription)")
    let found: Learnt = try headed.json()
    #expect(found.metrics.stitch.explained < 0.1)
    #expect(try #require(found.transfer.comparisons.first { $0.rival == "old-backbone" }).advantage < -0.3)
  }

  private struct Answer: Decodable {
    let id: String
  }

  @Test func `A search finds what only the old backbone has embedded`() throws {
    try bench.firn(line)
    let search = "nearest --dataset a --backbone new --vectors query.npy -k 1 --json"
    #expect(try bench.run(search).status == 69)
    let run = try bench.firn("\(search) --stitch ridge")
    #expect(try run.json(Answer.self).id == "i350", "\(run.testDescription)")
    #expect(run.errors.contains("100 of 400") && run.errors.contains("ridge@1"), "\(run.testDescription)")
    let item = "nearest --dataset a --backbone new --stitch ridge@1 -k 1 --json"
    let neighbour: Answer = try bench.firn("\(item) --id i350").json()
    #expect(neighbour.id != "i350")
    let centre: Answer = try bench.firn("\(item) --class kind=c1").json()
    let kinds: [String] = try bench.numPy(
      """
      items = map(json.loads, open('a.jsonl'))
      print(json.dumps([item['labels']['kind'] for item in items if item['id'] == '\(centre.id)']))
      """)
    #expect(kinds == ["c1"])
  }

  private struct Evaluated: Decodable {
    struct Metrics: Decodable {
      let accuracy: Double
      let rows: Int
    }
    let stitch: String?
    let stitched_rows: Int?
    let metrics: Metrics
  }

  @Test func `A head is measured on what only the old backbone has embedded`() throws {
    try bench.firn(head)
    try bench.firn(line)
    #expect(try bench.run("evaluate h --dataset a").status == 69)
    let evaluated: Evaluated = try bench.firn("evaluate h --dataset a --stitch ridge --json").json()
    #expect((evaluated.stitch, evaluated.stitched_rows, evaluated.metrics.rows) == ("ridge@1", 100, 400))
    #expect(evaluated.metrics.accuracy > 0.9)
    let own: Evaluated = try bench.firn("evaluate h --dataset s --stitch ridge --json").json()
    let plain: Evaluated = try bench.firn("evaluate h --dataset s --json").json()
    #expect((own.stitched_rows, own.metrics.accuracy) == (0, plain.metrics.accuracy))
    #expect(plain.stitch == nil && plain.stitched_rows == nil)
    #expect(try bench.firn("evaluate h --dataset a --stitch ridge").errors.contains("100 rows"))
  }

  @Test func `What does not fit together is refused`() throws {
    try bench.firn(line)
    try bench.firn("transfer align s a --backbone old --by moments")
    try bench.firn(head)
    try bench.firn("train all --dataset s --backbone new --task kind --method ridge --holdout 0")
    try bench.firn("train other --dataset s --backbone old --task kind --method ridge")
    let leads = "leads from the features of “old” to those of “new”"
    let search = "nearest --dataset a --vectors query.npy --backbone"
    let refused: [(String, Int32, String)] = [
      ("\(search) old --stitch ridge", 65, leads), ("evaluate other --stitch ridge", 65, leads),
      ("\(search) old --stitch moments", 65, "from “s” to “a”"),
      ("train x --source s --target a --backbone old --task kind --method ridge --align ridge", 65, leads),
      ("\(search) new --stitch nothing", 69, "nothing"),
      ("transfer stitch --from old --to old --dataset s", 64, "the one to stitch from"),
      ("\(line) --by procrustes --penalty 1", 64, "penalty"), ("\(line) --by moments", 64, "procrustes"),
      ("\(line) --holdout 0.001", 64, "held out"), ("\(line) --holdout 0", 64, "above 0"),
      ("transfer align s a --backbone old --by ridge", 64, "moments"),
      ("\(line) --head other", 65, "reads features of the backbone “old”"),
      ("\(line) --head all", 69, "none has a label"),
    ]
    for (words, status, problem) in refused {
      let run = try bench.run(words)
      #expect(run.status == status && run.errors.contains(problem), "\(run.testDescription)")
    }
    try bench.write(
      (0..<9).map { #"{"id": "\#($0)", "text": "text \#($0)"}"# }.joined(separator: "\n"), to: "few.jsonl")
    let rows: Int = try bench.numPy(
      "a = numpy.load('a-old.npy')[:9]; numpy.save('few.npy', a); print(len(a))")
    #expect(rows == 9)
    try bench.firn("import few.npy --items few.jsonl --dataset few --backbone old")
    let few = try bench.run("transfer stitch --from old --to new --dataset few")
    #expect(few.status == 69 && few.errors.contains("have embedded 9"), "\(few.testDescription)")
  }
}
