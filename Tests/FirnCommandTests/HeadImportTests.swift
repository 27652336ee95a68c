import Foundation
import Testing

/// `firn head import`: what was exported comes back as it was, and what does not fit is refused.
struct HeadImportTests {
  /// Where heads are trained and exported.
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
    // Another store, of the same backbone and texts.
    try bench.firn("--store other.db backbone add --name small", Workbench.model().path)
    try bench.firn("--store other.db extract examples.jsonl --dataset e --backbone small")
  }

  private func take(_ words: String) throws -> CommandRun {
    try bench.run("--store other.db head import h.safetensors --head taken --dataset e \(words)")
  }

  private struct Report: Decodable {
    struct Origin: Decodable, Equatable {
      let version: String?
      let dataset: String?
      let digest: String?
    }
    let version: Int
    let method: String
    let backbone: String
    let train_rows: Int
    let holdout_rows: Int
    let imported: Origin?
  }

  @Test(arguments: Learnt.all)
  func `A head comes back byte by byte and answers the same`(learnt: Learnt) throws {
    try bench.train(learnt)
    try bench.firn("head export h --to h.safetensors")
    let run = try take("--task \(learnt.task) --json")
    try #require(run.status == 0, "\(run)")
    let report: Report = try run.json()
    #expect((report.version, report.method, report.backbone) == (1, learnt.method, "small"))
    #expect((report.train_rows, report.holdout_rows) == (0, 60))
    #expect(report.imported?.version == "h@1" && report.imported?.dataset == "d")
    #expect(try bench.weights(in: "other") == bench.weights())
    let words = "examples.jsonl --top 3 --json"
    #expect(
      try bench.firn("--store other.db predict taken \(words)").output
        == bench.firn("predict h \(words)").output)

    // And once more.
    try bench.firn("--store other.db head export taken --to again.safetensors")
    #expect(try bench.bytes(of: "again.safetensors") == bench.bytes(of: "h.safetensors"))
    try bench.firn(
      "--store other.db head import again.safetensors --head taken --dataset e --task \(learnt.task)")
    #expect(try bench.weights(of: 2, in: "other") == bench.weights())
    try bench.firn("--store other.db verify")
  }

  @Test func `Whoever looks at it is told that it was imported`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.firn("head export h --to h.safetensors")
    #expect(try take("--task section").status == 0)
    try bench.firn("--store other.db train taken --dataset e --backbone small --task section --method ridge")
    func output(_ words: String) throws -> String { try bench.firn("--store other.db \(words)").output }
    let shown = try output("head show taken@1")
    #expect(shown.contains("whether it was trained on some of them is not known"), "\(shown)")
    #expect(shown.contains("h@1 (") && shown.contains("made from d revision 1"), "\(shown)")
    #expect(try output("evaluate taken@1").contains("not known, for it was imported"))
    #expect(try output("evaluate taken@1 --json").contains(#""imported":true"#))
    let compared = try output("head compare taken@1 taken@2")
    #expect(compared.contains("taken@1 was imported") && compared.contains("trained here"), "\(compared)")
    for words in [
      "predict taken@1 examples.jsonl --coverage 0.9", "predict taken@1 examples.jsonl --reject",
      "head promote taken@1 champion --require",
    ] {
      let run = try bench.run("--store other.db \(words)")
      #expect(run.status == 65 && run.errors.contains("was imported"), "\(run)")
    }
    try bench.firn("--store other.db head export taken@1 --to card.md")
    let card = try bench.text(of: "card.md")
    #expect(card.contains("was not trained in this store, but imported. It was h@1"), "\(card)")
    #expect(card.contains("| answer | rows | precision |") && card.contains("may be flattering"), "\(card)")
  }

  @Test func `A note is kept with it, and it follows no labels`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.firn("head export h --to h.safetensors")
    let run = try bench.firn(
      "--store other.db head import h.safetensors --head taken --dataset e --task section --json --note",
      "from the other office")
    #expect(run.output.contains("from the other office"), "\(run)")
    let update = try bench.run("--store other.db train taken --update")
    #expect(update.status == 65 && update.errors.contains("was imported"), "\(update)")
  }

  @Test func `It cannot be trained again; its digest is checked`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.firn("head export h --to h.safetensors")
    #expect(try take("--task section").status == 0)
    let run = try bench.firn("--store other.db head verify taken --json")
    #expect(run.output.contains(#""identical":true,"imported":true"#), "\(run)")
    #expect(
      try bench.firn("--store other.db head verify taken").output.contains("cannot be trained again"))
    let change = try bench.changeWithSQLite(
      "DROP TRIGGER head_version_is_immutable; UPDATE head_version SET weights = CAST(weights || x'00' AS BLOB)",
      of: "other")
    #expect(change.status == 0, "\(change)")
    let damaged = try bench.run("--store other.db head verify taken")
    #expect(damaged.status == 65 && damaged.output.contains("not what its digest names"), "\(damaged)")
  }

  @Test func `Without a description the backbone must be named, and must fit`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.firn("head export h --to h.safetensors")
    try FileManager.default.removeItem(at: bench.folder.appending(path: "h.json"))
    let unnamed = try take("--task section")
    #expect(unnamed.status == 64 && unnamed.errors.contains("--backbone"), "\(unnamed)")
    try bench.firn("--store other.db backbone declare wide --dimension 99 --source x")
    let wide = try take("--task section --backbone wide")
    #expect(wide.status == 65 && wide.errors.contains("it reads 48 features a row"), "\(wide)")
    let run = try take("--task section --backbone small --json")
    try #require(run.status == 0, "\(run)")
    let report: Report = try run.json()
    #expect(report.imported == Report.Origin(version: nil, dataset: nil, digest: nil))
    #expect(try bench.firn("--store other.db head show taken").output.contains("nothing came with it"))
  }

  @Test func `What does not fit is refused, and leaves no version`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.firn("head export h --to h.safetensors")
    try bench.firn("--store other.db backbone add --name first --layer 1", Workbench.model().path)
    for (words, status, says) in [
      ("--task tags", 65, "it answers one class a row, but the task “tags” is tags"),
      ("--task stars", 65, "the task “stars” is numbers"), ("--task sectio", 69, "did you mean “section”"),
      ("--task section --at 7", 69, "7"), ("--task section --backbone first", 65, "and no others"),
      ("--task section --backbone none", 69, "none"),
    ] as [(String, Int32, String)] {
      let run = try take(words)
      #expect(run.status == status && run.errors.contains(says), "\(run)")
    }
    try bench.firn("--store other.db backbone remove small")
    let gone = try take("--task section")
    #expect(gone.status == 69 && gone.errors.contains("is not in the store"), "\(gone)")
    #expect(try bench.firn("--store other.db head list --json").output == "[]\n")
  }

  @Test func `Damaged files are refused`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.firn("head export h --to h.safetensors")
    let (archive, description) = (try bench.bytes(of: "h.safetensors"), try bench.text(of: "h.json"))
    func refusal(_ archive: [UInt8], _ description: String) throws -> CommandRun {
      try bench.write(archive, to: "h.safetensors")
      try bench.write(description, to: "h.json")
      return try take("--task section")
    }
    var flipped = archive
    flipped[archive.count - 1] ^= 1
    for (archive, description, says) in [
      (Array(archive.dropLast()), description, "not a head's archive"),
      ([1, 2, 3], description, "not a head's archive"),
      (flipped, description, "is not what its description"),
      (archive, description.replacing(#""seed":0"#, with: #""seed":1"#), "is not what its description"),
      (archive, "{}", "is not the description of a head"),
      (archive, "hello", "is not the description of a head"),
    ] {
      let run = try refusal(archive, description)
      #expect(run.status == 65 && run.errors.contains(says), "\(run)")
    }
    let missing = try bench.run("head import none.safetensors --head x --dataset d --task section")
    #expect(missing.status == 66 && missing.errors.contains("none.safetensors"), "\(missing)")
    #expect(try bench.firn("--store other.db head list --json").output == "[]\n")
  }
}
