import Backbones
import Digests
import Foundation
import Testing

/// Two backbones have one fingerprint exactly when all that decides their output is the same.
struct FingerprintTests {
  private func edited(_ edit: (URL) throws -> Void) throws -> Backbone {
    let directory = try Goldens.variant("three-layers").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    try edit(directory)
    return try Backbone(directory: directory)
  }

  private func replace(_ old: String, with new: String, in file: String) -> (URL) throws -> Void {
    { directory in
      let url = directory.appendingPathComponent(file)
      let text = try String(contentsOf: url, encoding: .utf8)
      try #require(text.contains(old), "\(file) holds \(old)")
      try text.replacingOccurrences(of: old, with: new).write(to: url, atomically: true, encoding: .utf8)
    }
  }

  @Test func `It does not depend on where the files lie, nor on keys that decide nothing`() throws {
    let original = try edited { _ in }
    #expect(try edited { _ in }.fingerprint == original.fingerprint)
    let renamed = try edited(
      replace("\"model_type\"", with: "\"_name_or_path\": \"elsewhere\", \"model_type\"", in: "config.json"))
    #expect(renamed.fingerprint == original.fingerprint)
  }

  @Test(arguments: [
    ("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"relu\"", "config.json"),
    ("\"num_attention_heads\": 4", "\"num_attention_heads\": 2", "config.json"),
    ("\"layer_norm_eps\": 1e-12", "\"layer_norm_eps\": 1e-6", "config.json"),
    ("\"mean\"", "\"cls\"", "1_Pooling/config.json"),
    ("\"snow\": ", "\"slush\": ", "tokenizer.json"),
  ])
  func `Everything that decides the output is part of it`(old: String, new: String, file: String) throws {
    #expect(try edited(replace(old, with: new, in: file)).fingerprint != edited { _ in }.fingerprint)
  }

  @Test func `So are the maximum length, the modules and one bit of the weights`() throws {
    let original = try edited { _ in }.fingerprint
    let shorter = try edited { directory in
      try Data(#"{"max_seq_length": 16}"#.utf8).write(
        to: directory.appendingPathComponent("sentence_bert_config.json"))
    }
    #expect(shorter.fingerprint != original)
    let withoutNormalize = try edited { directory in
      let url = directory.appendingPathComponent("modules.json")
      let modules = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [Any])
      try JSONSerialization.data(withJSONObject: Array(modules.dropLast())).write(to: url)
    }
    #expect(withoutNormalize.fingerprint != original)
    let flipped = try edited { directory in
      let url = directory.appendingPathComponent("model.safetensors")
      var data = try Data(contentsOf: url)
      data[data.count - 1] ^= 1
      try data.write(to: url)
    }
    #expect(flipped.fingerprint != original)
  }

  @Test func `So are the arithmetic, and a layer and a pooling that are not the directory's own`() throws {
    let directory = try Goldens.variant("three-layers").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    func fingerprint(_ options: BackboneOptions) throws -> SHA256Digest {
      try Backbone(directory: directory, options: options).fingerprint
    }
    let plain = try fingerprint(BackboneOptions())
    #expect(try fingerprint(BackboneOptions(layer: 3, pooling: [.mean])) == plain)
    let others = [
      BackboneOptions(numeric: .int16), BackboneOptions(layer: 0), BackboneOptions(layer: 2),
      BackboneOptions(pooling: [.cls]),
      BackboneOptions(pooling: [.mean, .max]), BackboneOptions(pooling: [.max, .mean]),
    ]
    #expect(try Set(others.map(fingerprint) + [plain]).count == 7)
  }

  @Test func `Digests of unchanged files are taken over, those of changed files are made anew`() throws {
    let directory = try Goldens.variant("three-layers").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let first = try Backbone(directory: directory)
    #expect(try Backbone(directory: directory, known: first.manifest).manifest == first.manifest)
    let url = directory.appendingPathComponent("model.safetensors")
    var data = try Data(contentsOf: url)
    data[data.count - 1] ^= 1
    try data.write(to: url)
    #expect(try Backbone(directory: directory, known: first.manifest).fingerprint != first.fingerprint)
  }

  @Test func `Other weights of the same size and the same date are other weights`() throws {
    let directory = try Goldens.variant("three-layers").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let url = directory.appendingPathComponent("model.safetensors")
    let date = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: 1)]
    try FileManager.default.setAttributes(date, ofItemAtPath: url.path)
    let first = try Backbone(directory: directory)
    var data = try Data(contentsOf: url)
    data[data.count - 1] ^= 1
    try data.write(to: url)
    try FileManager.default.setAttributes(date, ofItemAtPath: url.path)
    #expect(try Backbone(directory: directory, known: first.manifest).fingerprint != first.fingerprint)
  }
}
