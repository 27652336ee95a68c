import Foundation
import Testing

/// `firn head export`: other programs answer with what it writes, and people read it.
struct HeadExportTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private struct Exported: Decodable, Equatable {
    let head: String
    let version: Int
    let digest: String
    let files: [String]
  }

  /// What a program outside says of the examples: the probabilities, in the order of the names, or the number.
  private struct Answers: Decodable {
    let values: [[Double]]
    let names: [String]
    let labels: [String]?
  }

  private func check(_ found: Answers, against answers: [AnyAnswer]) {
    #expect(found.values.count == answers.count && answers.count == 60)
    for (row, answer) in answers.enumerated() {
      guard answer.number == nil else {
        #expect(abs(found.values[row][0] - (answer.number ?? .nan)) < 1e-5)
        continue
      }
      let scores = Dictionary(uniqueKeysWithValues: zip(found.names, found.values[row]))
      for candidate in answer.top ?? [] {
        #expect(abs((scores[candidate.label] ?? .nan) - candidate.score) < 1e-5, "\(candidate), \(scores)")
      }
    }
    if let labels = found.labels { #expect(labels == answers.map { $0.label ?? "" }) }
  }

  @Test(arguments: Learnt.all)
  func `As ONNX it answers the same`(learnt: Learnt) throws {
    try bench.train(learnt)
    try bench.firn("head export h --to h.onnx")
    let answers = try bench.answers()
    let found: Answers = try bench.runONNX(
      """
      import json, numpy, onnx, onnxruntime
      onnx.checker.check_model("h.onnx", full_check=True)
      session = onnxruntime.InferenceSession("h.onnx")
      about = session.get_modelmeta().custom_metadata_map
      assert about["head"] == "h" and about["version"] == "1" and about["backbone"] == "tiny", about
      names = [output.name for output in session.get_outputs()]
      out = dict(zip(names, session.run(names, {"features": numpy.load("vectors.npy")})))
      values = out["probabilities"] if "probabilities" in out else out["number"][:, None]
      print(json.dumps({"values": values.tolist(), "names": json.loads(about["classes"]),
        "labels": out["label"].tolist() if "label" in out else None}))
      """
    ).json()
    check(found, against: answers)
    #expect((found.labels != nil) == (learnt.task == "section"))
  }

  @Test(arguments: Learnt.all)
  func `The program of its card answers the same`(learnt: Learnt) throws {
    try bench.train(learnt)
    for form in ["safetensors", "onnx", "md"] { try bench.firn("head export h --to h.\(form)") }
    let answers = try bench.answers()
    let card = try bench.text(of: "h.md")
    let program = try #require(
      card.components(separatedBy: "```python\n").last?.components(separatedBy: "```").first)
    let lines = try bench.runONNX(program).output.split(separator: "\n").map(String.init)
    guard learnt.method != "knn" else { return }  // it prints arrays; that it runs is what counts
    #expect(lines.count == 60, "\(lines)")
    for (line, answer) in zip(lines, answers) {
      switch learnt.task {
      case "section": #expect(line.hasPrefix("\(answer.label ?? "?") "), "\(line)")
      case "tags":
        let tags = (answer.labels ?? []).map { "'\($0.label)'" }.sorted()
        #expect(line == "[\(tags.joined(separator: ", "))]")
      default: #expect(abs((Double(line) ?? .nan) - (answer.number ?? .nan)) < 1e-5, "\(line)")
      }
    }
  }

  @Test func `The archive is the bytes that are stored, and its description tells what it is`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    let run = try bench.firn("head export h@1 --to h.safetensors --json")
    let version: VersionReport = try bench.firn("head show h --json").json()
    let expected = Exported(
      head: "h", version: 1, digest: version.digest, files: ["h.safetensors", "h.json"])
    #expect(try run.json(Exported.self) == expected)
    #expect(
      try bench.bytes(of: "h.safetensors").map { String(format: "%02X", $0) }.joined() == bench.weights())

    struct Description: Decodable {
      struct Backbone: Decodable {
        struct Manifest: Decodable {
          let pooling: [String]
          let steps: [String]
          let prompt: String
        }
        let name: String
        let fingerprint: String
        let dimension: Int
        let manifest: Manifest?
      }
      let head, digest, task, answers, model, method, formula, dataset: String
      let classes: [String]
      let version, revision: Int
      let backbone: Backbone
    }
    let about = try JSONDecoder().decode(Description.self, from: Data(bench.bytes(of: "h.json")))
    #expect((about.head, about.version, about.digest) == ("h", 1, version.digest))
    #expect(
      (about.task, about.answers, about.model, about.method) == ("section", "one-of", "linear", "ridge"))
    #expect(about.classes == Examples.sections && about.formula.contains("softmax(sharpness · scores)"))
    #expect((about.dataset, about.revision, about.backbone.name) == ("d", 1, "tiny"))
    #expect(try about.backbone.fingerprint == bench.sqlite("SELECT lower(hex(fingerprint)) FROM backbone"))
    #expect(about.backbone.manifest?.pooling == ["mean"])
  }

  @Test func `A card says what was learnt, how well, and where it fails`() throws {
    try bench.train(Learnt(method: "logistic", task: "section"))
    try bench.firn("head export h --to h.md")
    let card = try bench.text(of: "h.md")
    let version: VersionReport = try bench.firn("head show h --json").json()
    for part in [
      "# h@1\n", "one of 3 classes", version.digest, "## Backbone", "tiny, 48 values a text", "## Training",
      "On 48 rows of the dataset d, revision 1", "12 more were held out", "## How well it does",
      "| accuracy | ", "| calibration error | ",
      "Always answering the most frequent class has an accuracy of 33.3 %",
      "| answer | trained on | held out | precision | recall | F1 |", "| games | 16 | 4 | ", "## Limits",
      "It is worst at ", "## Use",
    ] {
      #expect(card.contains(part), "\(part)\n\(card)")
    }
    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge --holdout 0")
    try bench.firn("head export h@2 --to all.md")
    #expect(try bench.text(of: "all.md").contains("No row was held out, so nothing was measured."))
  }

  @Test func `Names and labels stay what they are in Markdown`() throws {
    let rows = (0..<24).map {
      #"{"id": "m\#($0)", "text": "\#(Examples.text($0))", "labels": {"odd": "\#($0 % 2 == 0 ? "a|b*" : "<c>")"}}"#
    }
    try bench.firn("extract - --dataset odd --backbone tiny", input: rows.joined(separator: "\n"))
    try bench.firn(
      "train", "it's", "--dataset", "odd", "--backbone", "tiny", "--task", "odd", "--method", "ridge")
    try bench.firn("head export", "it's", "--to", "card.md")
    let card = try bench.text(of: "card.md")
    #expect(card.contains("| a\\|b\\* | ") && card.contains("| \\<c\\> | "), "\(card)")
    #expect(card.contains(#"open("it's.safetensors", "rb")"#))
  }

  @Test func `What is there already is not overwritten, and nothing is left behind`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.write("mine", to: "h.json")
    try bench.write("mine", to: "h.onnx")
    for form in ["safetensors", "onnx"] {
      let run = try bench.run("head export h --to h.\(form)")
      #expect(run.status == 64 && run.errors.contains("is there already"), "\(run)")
    }
    #expect(try bench.text(of: "h.json") == "mine" && bench.text(of: "h.onnx") == "mine")
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
    #expect(!files.contains { $0.contains("h.safetensors") || $0.hasSuffix("unfinished") }, "\(files)")
  }

  @Test(arguments: [
    ("head export h --to h.pickle", 64, "use .safetensors, .onnx or .md"),
    ("head export h --to h", 64, "use .safetensors, .onnx or .md"),
    ("head export h@7 --to h.md", 69, "h@7"), ("head export hh --to h.md", 69, "did you mean “h”"),
    ("head export h --to nowhere/h.onnx", 74, "nowhere/h.onnx"),
  ])
  func `What cannot be exported is refused with the mend`(words: String, status: Int32, says: String) throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    let run = try bench.run(words)
    #expect(run.status == status && run.errors.contains(says), "\(run)")
  }

  @Test func `A damaged version is not exported`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    let change = try bench.changeWithSQLite(
      "DROP TRIGGER head_version_is_immutable; UPDATE head_version SET weights = CAST(weights || x'00' AS BLOB)"
    )
    #expect(change.status == 0, "\(change)")
    for form in ["safetensors", "onnx", "md"] {
      let run = try bench.run("head export h --to h.\(form)")
      #expect(run.status == 65 && run.errors.contains("is damaged"), "\(run)")
    }
  }

  @Test func `A head whose backbone was removed leaves all the same`() throws {
    try bench.train(Learnt(method: "ridge", task: "section"))
    try bench.firn("backbone remove tiny")
    for form in ["safetensors", "onnx", "md"] { try bench.firn("head export h --to h.\(form)") }
    #expect(try bench.text(of: "h.md").contains("no more in the store"))
  }
}
