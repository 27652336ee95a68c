import Foundation
import Testing

/// A line of `firn predict --json`.
struct Answer: Decodable, Equatable {
  struct Candidate: Decodable, Equatable {
    let label: String
    let score: Double
  }

  let id: String
  let label: String
  let score: Double
  let top: [Candidate]?
}

/// `firn predict`: a head's answer to each text of an input.
struct PredictTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
    for method in ["ridge", "logistic"] {
      try bench.firn("train h --dataset d --backbone tiny --task section --method \(method)")
    }
  }

  @Test func `A line per input, in its order, with the keys of the contract`() throws {
    let run = try bench.firn("predict h examples.jsonl --json")
    #expect(try run.keys() == Array(repeating: ["id", "label", "score"], count: 60))
    let answers = try run.jsonLines(Answer.self)
    #expect(answers.map(\.id) == (0..<60).map { "i\($0)" })
    #expect(answers.allSatisfy { Examples.sections.contains($0.label) && $0.score > 1 / 3 && $0.score <= 1 })

    let top = try bench.firn("predict h examples.jsonl --json --top 2")
    #expect(try top.keys() == Array(repeating: ["id", "label", "score", "top"], count: 60))
    for (answer, alone) in zip(try top.jsonLines(Answer.self), answers) {
      let candidates = try #require(answer.top)
      #expect(candidates.count == 2 && candidates[0].score >= candidates[1].score)
      #expect(candidates[0] == Answer.Candidate(label: alone.label, score: alone.score))
    }
    let all = try bench.firn("predict h examples.jsonl --json --top 99").jsonLines(Answer.self)
    #expect(all.allSatisfy { abs(($0.top ?? []).map(\.score).reduce(0, +) - 1) < 1e-5 })
  }

  /// The weights are read as any reader of safetensors would, the features from the view for other tools.
  @Test(arguments: [1, 2])
  func `The scores are what Python computes from the stored weights and vectors`(version: Int) throws {
    let expected: [String: [String: Double]] = try bench.python(
      """
      blob, = db.execute("SELECT weights FROM head_version WHERE version = \(version)").fetchone()
      size, = struct.unpack("<Q", blob[:8])
      header, data = json.loads(blob[8:8 + size]), blob[8 + size:]
      def tensor(name):
          begin, end = header[name]["data_offsets"]
          return struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
      classes = json.loads(header["__metadata__"]["classes"])
      weight, bias, sharpness = tensor("weight"), tensor("bias"), tensor("sharpness")[0]
      def probabilities(x):
          scores = [sharpness * (math.fsum(p * q for p, q in zip(x, weight[48 * k:48 * k + 48])) + bias[k])
                    for k in range(len(classes))]
          powers = [math.exp(score - max(scores)) for score in scores]
          return dict(zip(classes, [power / sum(powers) for power in powers]))
      rows = db.execute("SELECT item, vector FROM item_embeddings WHERE backbone = 'tiny' AND dataset = 'd'")
      print(json.dumps({item: probabilities(struct.unpack("<48f", vector)) for item, vector in rows}))
      """)
    let answers = try bench.firn("predict h@\(version) examples.jsonl --json --top 3").jsonLines(Answer.self)
    #expect(expected.count == 60)
    for answer in answers {
      for candidate in try #require(answer.top) {
        let score = try #require(expected[answer.id]?[candidate.label])
        #expect(abs(candidate.score - score) < 1e-5, "\(answer.id) \(candidate.label)")
      }
    }
  }

  @Test func `A text's answer is the same bytes alone, in any batch, on any number of threads`() throws {
    let outputs = try (1...3).map { try bench.firn("predict h examples.jsonl --json --threads \($0)").output }
    #expect(Set(outputs).count == 1)
    let alone = try (0..<5).map { try bench.firn("predict h --json", input: Examples.row($0)).output }
    #expect(outputs[0].hasPrefix(alone.joined()))
  }

  @Test func `Standard input is read without an input, and with a dash`() throws {
    let row = #"{"body": "chess", "key": 7}"#
    for words in ["predict h", "predict h -"] {
      let answers = try bench.firn("\(words) --json --text-field body --id-field key", input: row)
      #expect(try answers.jsonLines(Answer.self).map(\.id) == ["7"])
    }
    #expect(try bench.firn("predict h --json", input: "").output == "")
  }

  @Test func `The reference decides the version`() throws {
    let outputs = try [1, 2].map { try bench.firn("predict h@\($0) examples.jsonl --json").output }
    #expect(outputs[0] != outputs[1])
    #expect(try bench.firn("predict h examples.jsonl --json").output == outputs[1])
    try bench.firn("head promote h@1 champion")
    #expect(try bench.firn("predict h examples.jsonl --json").output == outputs[0])
  }

  @Test func `Nothing is stored`() throws {
    try bench.firn("predict h", input: #"{"text": "a text that no dataset has"}"#)
    #expect(try bench.sqlite("SELECT count(*) FROM embeddings") == "60")
  }

  @Test func `Rows that cannot be read are told, the others answered, and the status is 65`() throws {
    let rows = [Examples.row(0), #"{"id": "b"}"#, #"{"id": "c", "text": " "}"#, Examples.row(3)]
    let run = try bench.run("predict h --json", input: rows.joined(separator: "\n"))
    #expect(run.status == 65, "\(run)")
    #expect(try run.jsonLines(Answer.self).map(\.id) == ["i0", "i3"])
    #expect(run.complaints.count == 2)
    #expect(run.errors.contains("line 2") && run.errors.contains("line 3"), "\(run)")
  }

  @Test func `Features of another backbone are refused, and the one it needs is named`() throws {
    try bench.firn("backbone add --name other", Workbench.model("one-layer").path)
    let tiny = try bench.firn("backbone show tiny --json").json(BackboneReport.self)
    for words in ["predict h examples.jsonl", "evaluate h"] {
      let run = try bench.run("\(words) --backbone other --json")
      #expect(run.status == 65 && run.output == "", "\(run)")
      for word in ["“tiny”", String(tiny.fingerprint.prefix(12)), "“other”"] {
        #expect(run.errors.contains(word), "\(run)")
      }
      try bench.firn("\(words) --backbone tiny")
    }
  }

  @Test func `A head outlives its backbone's row, and serves again when it is added under any name`() throws {
    let before = try bench.firn("predict h examples.jsonl --json").output
    try bench.firn("backbone remove tiny")
    let run = try bench.run("predict h examples.jsonl --json")
    #expect(run.status == 69 && run.errors.contains("“tiny”"), "\(run)")
    try bench.firn("backbone add --name again", Workbench.model().path)
    #expect(try bench.firn("predict h examples.jsonl --json").output == before)
  }
}
