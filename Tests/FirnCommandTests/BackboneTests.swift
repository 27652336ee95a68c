import Foundation
import Testing

/// What `firn backbone add`, `list` and `show` say of a backbone.
struct BackboneReport: Decodable, Equatable {
  let name: String
  let fingerprint: String
  let dimension: Int
  let location: String
  let created: String
}

/// `firn backbone`: frozen networks, known by a fingerprint of all that decides their output.
struct BackboneTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench(withBackbone: false)
  }

  @discardableResult
  private func add(_ model: URL, as name: String) throws -> BackboneReport {
    try bench.firn("backbone add --json --name \(name)", model.path).json()
  }

  @Test func `Added, listed, shown and verified, a backbone is the same`() throws {
    let added = try add(Workbench.model(), as: "tiny")
    #expect((added.name, added.dimension) == ("tiny", 48))
    #expect(added.fingerprint.count == 64)
    #expect(try bench.firn("backbone show tiny --json").json(BackboneReport.self) == added)
    let other = try add(Workbench.model("one-layer"), as: "another")
    #expect(other.fingerprint != added.fingerprint)
    #expect(try bench.firn("backbone list --json").json([BackboneReport].self) == [other, added])
    struct Verification: Decodable {
      let name: String
      let fingerprint: String
      let identical: Bool
    }
    let verification: Verification = try bench.firn("backbone verify tiny --json").json()
    #expect(verification.identical && verification.fingerprint == added.fingerprint)
    for part in ["48", "mean", "normalize", added.fingerprint] {
      #expect(try bench.firn("backbone show tiny").output.contains(part))
    }
  }

  @Test func `Adding it again changes nothing; a directory that moved is followed`() throws {
    let model = try bench.copyModel(to: "model")
    let added = try add(model, as: "tiny")
    #expect(try add(model, as: "tiny") == added)
    let moved = bench.folder.appending(path: "moved")
    try FileManager.default.moveItem(at: model, to: moved)
    let gone = try bench.run("backbone verify tiny")
    #expect(gone.status == 69 && gone.errors.contains("tiny"), "\(gone)")
    let again = try add(moved, as: "tiny")
    #expect(again.fingerprint == added.fingerprint && again.location == moved.path)
    try bench.firn("backbone verify tiny")
  }

  @Test func `A name or a fingerprint that is taken is refused with 65`() throws {
    try add(Workbench.model(), as: "tiny")
    let known = try bench.run("backbone add --name again", Workbench.model().path)
    #expect(known.status == 65 && known.errors.contains("“tiny”"), "\(known)")
    let taken = try bench.run("backbone add --name tiny", Workbench.model("one-layer").path)
    #expect(taken.status == 65 && taken.errors.contains("another fingerprint"), "\(taken)")
  }

  @Test(arguments: [true, false])
  func `Weights that changed are refused, and both fingerprints named`(keepsTime: Bool) throws {
    let model = try bench.copyModel(to: "model")
    let weights = model.appending(path: "model.safetensors")
    let before = try add(model, as: "tiny").fingerprint.prefix(12)
    let time = try FileManager.default.attributesOfItem(atPath: weights.path)[.modificationDate]
    var bytes = try Data(contentsOf: weights)
    bytes[bytes.count - 2] ^= 0x10
    try bytes.write(to: weights)
    if keepsTime {
      try FileManager.default.setAttributes(
        [.modificationDate: try #require(time)], ofItemAtPath: weights.path)
    }
    let fresh = try Workbench(withBackbone: false)
    let after = try fresh.firn("backbone add --json --name new", model.path).json(BackboneReport.self)
      .fingerprint.prefix(12)
    #expect(before != after)

    let verify = try bench.run("backbone verify tiny")
    #expect(verify.status == 65, "\(verify)")
    #expect(verify.errors.contains(before) && verify.errors.contains(after), "\(verify)")
    // Extraction hashes a file again only when its size or time tells that it changed.
    if !keepsTime {
      let extract = try bench.run("extract - --dataset d --backbone tiny --json", input: Examples.row(0))
      #expect(extract.status == 65 && extract.output == "", "\(extract)")
      #expect(extract.errors.contains(before) && extract.errors.contains(after), "\(extract)")
      #expect(try bench.sqlite("SELECT count(*) FROM embeddings") == "0")
    }
  }

  @Test(arguments: [
    ("config.json", "model_type", "llama"), ("config.json", "hidden_act", "mish"),
    ("1_Pooling/config.json", "pooling_mode", "median"),
  ])
  func `What cannot serve as a backbone is refused with the file and the key`(
    file: String, key: String, value: String
  ) throws {
    let model = try bench.copyModel(to: "model")
    let url = model.appending(path: file)
    var object = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    object[key] = value
    try JSONSerialization.data(withJSONObject: object).write(to: url)
    let run = try bench.run("backbone add --name tiny", model.path)
    #expect(run.status == 65 && run.output == "", "\(run)")
    for word in [file, key, value] { #expect(run.errors.contains(word), "\(run)") }
  }

  /// What a backbone's manifest says of the features it gives.
  struct Features: Decodable {
    struct Manifest: Decodable {
      let layer: Int
      let pooling: [String]
    }
    let dimension: Int
    let manifest: Manifest
  }

  @Test func `One directory gives several backbones, by layer and pooling`() throws {
    let model = try bench.copyModel(to: "model")
    let plain = try add(model, as: "plain")
    let other = try bench.firn("backbone add model --name other --layer 2 --pool mean+max --json")
    let (report, features) = (try other.json(BackboneReport.self), try other.json(Features.self))
    #expect(report.fingerprint != plain.fingerprint)
    #expect((features.dimension, features.manifest.layer) == (96, 2))
    #expect(features.manifest.pooling == ["mean", "max"])
    #expect(try bench.firn("backbone show other").output.contains("mean, max, normalize"))
    #expect(try add(model, as: "plain") == plain)

    // It is opened again as it was added, wherever its directory lies.
    try bench.firn("extract - --dataset d --backbone other", input: Examples.rows(0..<3))
    #expect(try bench.sqlite("SELECT DISTINCT length(vector) FROM embeddings") == "384")
    let moved = bench.folder.appending(path: "moved")
    try FileManager.default.moveItem(at: model, to: moved)
    #expect(try bench.run("backbone verify other").status == 69)
    try bench.firn("backbone add moved --name other --layer 2 --pool mean+max")
    try bench.firn("backbone verify other")
    let without = try bench.run("backbone add moved --name other")
    #expect(without.status == 65 && without.errors.contains("“plain”"), "\(without)")
  }

  @Test func `A layer that the network does not have is 64, with those that it has`() throws {
    let run = try bench.run("backbone add --name tiny --layer 4", Workbench.model().path)
    #expect(run.status == 64 && run.output == "", "\(run)")
    for word in ["no layer 4", "from 0", "to 3"] { #expect(run.errors.contains(word), "\(run)") }
  }

  @Test func `Removing a backbone takes its embeddings, and no others`() throws {
    try add(Workbench.model(), as: "tiny")
    try add(Workbench.model("one-layer"), as: "other")
    for name in ["tiny", "other"] {
      try bench.firn("extract - --dataset d --backbone \(name)", input: Examples.rows(0..<5))
    }
    #expect(try bench.firn("backbone remove tiny --json").output == "{\"removed\":\"tiny\"}\n")
    #expect(try bench.sqlite("SELECT backbone, count(*) FROM embeddings GROUP BY 1") == "other|5")
    #expect(try bench.sqlite("SELECT count(*) FROM items") == "5")
    let run = try bench.run("backbone show tiny")
    #expect(run.status == 69, "\(run)")
  }

  @Test func `What is not there is 66 for a directory, 69 for a name`() throws {
    let directory = try bench.run("backbone add nowhere --name tiny")
    #expect(directory.status == 66 && directory.errors.contains("nowhere"), "\(directory)")
    try add(Workbench.model(), as: "tiny")
    for verb in ["show", "verify", "remove"] {
      let run = try bench.run("backbone \(verb) tint")
      #expect(run.status == 69 && run.errors.contains("did you mean “tiny”"), "\(run)")
    }
  }
}
