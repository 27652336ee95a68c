import Backbones
import Foundation
import Testing

/// What cannot serve as a backbone is refused with an error that names the file and the key.
struct HostileModelTests {
  private func error(_ edit: (URL) throws -> Void) throws -> String {
    let directory = try Goldens.variant("one-layer").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    try edit(directory)
    let error = #expect(throws: BackboneError.self) { try Backbone(directory: directory) }
    return error.map { "\($0)" } ?? ""
  }

  private func setting(_ key: String, to value: Any, in file: String) -> (URL) throws -> Void {
    { directory in
      let url = directory.appendingPathComponent(file)
      var object = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
      object[key] = value
      try JSONSerialization.data(withJSONObject: object).write(to: url)
    }
  }

  @Test func `Architectures, activations and the like that are unknown`() throws {
    for (key, value) in [
      ("model_type", "llama"), ("hidden_act", "mish"), ("position_embedding_type", "relative_key"),
    ] {
      let message = try error(setting(key, to: value, in: "config.json"))
      #expect(
        message.contains("config.json") && message.contains(key) && message.contains(value), "\(message)")
    }
    #expect(try error(setting("is_decoder", to: true, in: "config.json")).contains("is_decoder"))
    #expect(try error(setting("pooling_mode", to: "median", in: "1_Pooling/config.json")).contains("median"))
    #expect(
      try error(setting("pooling_mode", to: ["max", "cls", "max"], in: "1_Pooling/config.json")).contains(
        "max"))
  }

  @Test func `Sizes that are none, or that the weights do not have`() throws {
    for value in [0, -1, Int.max] {
      #expect(try error(setting("hidden_size", to: value, in: "config.json")).contains("hidden_size"))
    }
    #expect(
      try error(setting("num_hidden_layers", to: 1_000_000, in: "config.json")).contains("num_hidden_layers"))
    #expect(try error(setting("hidden_size", to: "many", in: "config.json")).contains("hidden_size"))
    #expect(
      try error(setting("num_attention_heads", to: 3, in: "config.json")).contains("num_attention_heads"))
    #expect(
      try error(setting("intermediate_size", to: 13, in: "config.json")).contains("intermediate.dense.weight")
    )
    #expect(try error(setting("num_hidden_layers", to: 2, in: "config.json")).contains("layer.1"))
    #expect(try error(setting("vocab_size", to: 3, in: "config.json")).contains("word_embeddings"))
    #expect(
      try error(setting("embedding_dimension", to: 9, in: "1_Pooling/config.json")).contains("1_Pooling")
    )
    #expect(
      try error(setting("max_seq_length", to: 1, in: "sentence_bert_config.json")).contains("max_seq_length"))
  }

  @Test func `Modules that are unknown, or in another order`() throws {
    func modules(_ types: String...) -> (URL) throws -> Void {
      { directory in
        let list = types.enumerated().map { index, type in
          [
            "idx": "\(index)", "name": "\(index)", "path": type == "Pooling" ? "1_Pooling" : "",
            "type": "sentence_transformers.models.\(type)",
          ]
        }
        try JSONSerialization.data(withJSONObject: list).write(
          to: directory.appendingPathComponent("modules.json"))
      }
    }
    #expect(try error(modules("Transformer", "Pooling", "LSTM")).contains("LSTM"))
    #expect(try error(modules("Pooling", "Transformer")).contains("[0].type"))
    #expect(try error(modules("Transformer")).contains("Pooling"))
    #expect(try error(modules()).contains("Pooling"))
  }

  @Test func `Files that are missing, or hold something else`() throws {
    for file in ["config.json", "model.safetensors", "tokenizer.json", "1_Pooling/config.json"] {
      let missing = try error { directory in
        try FileManager.default.removeItem(at: directory.appendingPathComponent(file))
        // The tokenizer would do with a vocabulary alone.
        try? FileManager.default.removeItem(at: directory.appendingPathComponent("vocab.txt"))
      }
      #expect(missing.contains(file == "tokenizer.json" ? "vocab.txt" : file), "\(missing)")
      for content in ["", "{", "[]", "null", "\u{0}\u{1}"] {
        let message = try error { try Data(content.utf8).write(to: $0.appendingPathComponent(file)) }
        #expect(message.contains(file), "\(file) holding \(content): \(message)")
      }
    }
  }

  @Test func `What is no file has no end, or nobody who writes it`() throws {
    for file in ["config.json", "model.safetensors", "tokenizer.json"] {
      for make in [{ symlink("/dev/zero", $0) }, { mkfifo($0, 0o600) }] as [(String) -> Int32] {
        let message = try error { directory in
          let url = directory.appendingPathComponent(file)
          try FileManager.default.removeItem(at: url)
          try #require(make(url.path) == 0)
        }
        #expect(message.contains(file) && message.contains("regular"), "\(message)")
      }
    }
  }

  @Test func `A safetensors header that lies`() throws {
    func header(_ json: String, length: UInt64? = nil, payload: Int = 16) -> (URL) throws -> Void {
      { directory in
        var data = withUnsafeBytes(of: (length ?? UInt64(json.utf8.count)).littleEndian) { Data($0) }
        data += Data(json.utf8) + Data(count: payload)
        try data.write(to: directory.appendingPathComponent("model.safetensors"))
      }
    }
    let name = "embeddings.word_embeddings.weight"
    for (edit, word) in [
      (header("{}", length: .max), "header"), (header("{}", length: 1 << 40), "header"),
      (header("{}"), "missing"), (header("[1]"), "model.safetensors"),
      (header(#"{"\#(name)": {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 99]}}"#), "data_offsets"),
      (header(#"{"\#(name)": {"dtype": "F32", "shape": [2, 2], "data_offsets": [8, 0]}}"#), "data_offsets"),
      (header(#"{"\#(name)": {"dtype": "F32", "shape": [2, 2], "data_offsets": [-8, 8]}}"#), "data_offsets"),
      (header(#"{"\#(name)": {"dtype": "F32", "shape": [2, 2], "data_offsets": []}}"#), "data_offsets"),
      (
        header(
          #"{"\#(name)": {"dtype": "F32", "shape": [9223372036854775807, 8], "data_offsets": [0, 16]}}"#),
        "shape"
      ),
      (header(#"{"\#(name)": {"dtype": "F32", "shape": "8", "data_offsets": [0, 16]}}"#), "shape"),
      (header(#"{"\#(name)": 7}"#), name),
    ] {
      let message = try error(edit)
      #expect(message.contains("model.safetensors") && message.contains(word), "\(message)")
    }
  }

  @Test(arguments: [
    "encoder.layer.0.attention.self.query.weight", "encoder.layer.0.intermediate.dense.weight",
    "encoder.layer.0.output.dense.bias", "embeddings.LayerNorm.weight",
  ])
  func `A weight that is not a finite number`(tensor: String) throws {
    for value in [Float.nan, -.infinity] {
      let message = try error { directory in
        let url = directory.appendingPathComponent("model.safetensors")
        var bytes = try Data(contentsOf: url)
        let size = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONSerialization.jsonObject(with: bytes[8..<8 + size]) as? [String: Any]
        let entry = try #require(header?[tensor] as? [String: Any])
        let start = 8 + size + (try #require(entry["data_offsets"] as? [Int])[0])
        withUnsafeBytes(of: value.bitPattern.littleEndian) {
          bytes.replaceSubrange(start..<start + 4, with: $0)
        }
        try bytes.write(to: url)
      }
      #expect(message.contains(tensor) && message.contains("not a finite number"), "\(message)")
    }
  }

  @Test func `Truncated weights, at any length`() throws {
    let whole = try Data(
      contentsOf: Goldens.folder.appendingPathComponent("models/one-layer/model.safetensors"))
    for length in [1, 7, 8, 9, 100, whole.count / 2, whole.count - 1] {
      _ = try error { try whole.prefix(length).write(to: $0.appendingPathComponent("model.safetensors")) }
    }
  }
}
