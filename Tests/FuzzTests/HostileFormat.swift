import Firn
import Foundation
import TensorFiles
import Testing

/// A kind of file that others may have written, and how Firn reads it.
struct HostileFormat: Sendable {
  /// Reads a file to its end. What it throws is an answer as good as any.
  typealias Reader = (_ file: [UInt8]) throws -> Void

  /// What it is called, in a file's name too.
  let name: String
  /// How many of a thousand inputs are of it.
  let share: Int
  /// What has a meaning in such a file, beside what stands in it.
  var words = HostileFormat.wordsOfJSON
  /// Files as they should be.
  let samples: @Sendable () throws -> [[UInt8]]
  /// Makes a damaged file of the samples.
  var damage: @Sendable (inout Mutator, [[UInt8]]) -> [UInt8] = { $0.damaged(oneOf: $1) }
  /// Makes ready what reads the files, in a folder of its own.
  let reader: @Sendable (URL) throws -> Reader

  static let wordsOfJSON = [
    "{", "}", "[", "]", "\"", ",", ":", "\\", "null", "true", "-", "{}", "[]", "\"\"", "1e999", "\\ud800",
    "\\ud800\\udc00", "\\u0000", "\u{0}", "\u{feff}", "e\u{301}", "\n", "\r\n", "9223372036854775808",
  ]
  static let wordsOfTables = ["\"", "\"\"", ",", "\t", "\n", "\r", "\r\n", "\u{0}", "\u{feff}", "id", "text"]
}

extension HostileFormat: CustomTestStringConvertible {
  var testDescription: String { name }
}

// MARK: - The formats

extension HostileFormat {
  static let all: [HostileFormat] = [
    HostileFormat(
      name: "tensors.safetensors", share: 150, samples: { try Samples.tensors() },
      damage: damageSafetensors, reader: { _ in readTensors }),
    HostileFormat(
      name: "features.npy", share: 100, words: ["(", ")", ",", "'", "{", "}", "<f8", "<f2", "-1", "True"],
      samples: { [Samples.features()] }, reader: featureReader(of: "features.npy")),
    HostileFormat(
      name: "features.safetensors", share: 50, samples: { try Samples.heads() }, damage: damageSafetensors,
      reader: featureReader(of: "features.safetensors", tensor: "weight")),
    HostileFormat(
      name: "head.safetensors", share: 150, samples: { try Samples.heads() },
      damage: damageSafetensors, reader: { _ in { _ = try HeadArchive(bytes: $0) } }),
    HostileFormat(
      name: "tokenizer.json", share: 100, samples: { try Samples.modelFiles("tokenizer.json") },
      reader: tokenizerReader),
    HostileFormat(
      name: "vocab.txt", share: 50, words: ["\n", "\r", "##", "[UNK]", "[CLS]"],
      samples: { try Samples.modelFiles("vocab.txt") }, reader: tokenizerReader(of: "vocab.txt")),
    items("jsonl", share: 150, words: wordsOfJSON), items("csv", share: 100), items("tsv", share: 100),
    modelFile("model.safetensors", share: 50, damage: damageSafetensors),
    modelFile("config.json"), modelFile("tokenizer.json"), modelFile("tokenizer_config.json"),
    modelFile("modules.json"), modelFile("1_Pooling/config.json"), modelFile("2_Dense/config.json"),
    modelFile("2_Dense/model.safetensors", damage: damageSafetensors),
    modelFile("sentence_bert_config.json"), modelFile("config_sentence_transformers.json"),
    HostileFormat(
      name: "store", share: 20, words: ["é", "\u{0}", "tiny", "closed", "open"],
      samples: { [try SampleStore.bytes()] },
      damage: { mutator, stores in
        mutator.coin() ? mutator.damaged(oneOf: stores) : RowDamage.damaged(stores[0], by: &mutator)
      }, reader: StoreReading.reader),
  ]

  /// A file of items.
  private static func items(_ format: String, share: Int, words: [String] = wordsOfTables) -> HostileFormat {
    HostileFormat(
      name: "items.\(format)", share: share, words: words, samples: { [try Samples.table(format)] },
      reader: { folder in
        let file = folder.appending(path: "items.\(format)")
        return { bytes in
          try Data(bytes).write(to: file)
          var items = try ItemReader(.path(file.path)) { Store.id(ofText: $0) }
          while try items.next() != nil {}
        }
      })
  }

  private static func featureReader(
    of name: String, tensor: String? = nil
  ) -> @Sendable (URL) throws -> Reader {
    { folder in
      let file = folder.appending(path: name)
      return { bytes in
        try Data(bytes).write(to: file)
        let features = try FeatureFile(file.path, tensor: tensor)
        _ = features.values(of: 0..<features.rows)
      }
    }
  }

  /// One file of a model directory whose other files are as they should be.
  private static func modelFile(
    _ name: String, share: Int = 12,
    damage: @escaping @Sendable (inout Mutator, [[UInt8]]) -> [UInt8] = { $0.damaged(oneOf: $1) }
  ) -> HostileFormat {
    HostileFormat(
      name: "model/\(name)", share: share, samples: { [try Samples.modelFile(name)] }, damage: damage,
      reader: { folder in
        let model = folder.appending(path: "model")
        try Samples.copyModel(to: model)
        return { bytes in
          try Data(bytes).write(to: model.appending(path: name))
          let backbone = try Backbone(directory: model, threads: Threads(1))
          _ = try backbone.embed(Samples.texts, threads: Threads(1))
        }
      })
  }

  /// Damages a header alone at times and says its length anew, or hardly one would get past its length.
  private static let damageSafetensors: @Sendable (inout Mutator, [[UInt8]]) -> [UInt8] = { mutator, files in
    if mutator.coin() { return mutator.damaged(oneOf: files) }
    let lengths = files.map { $0.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) } }
    let header = mutator.damaged(oneOf: zip(files, lengths).map { Array($0[8..<8 + $1]) })
    let payload = zip(files, lengths).map { $0.dropFirst(8 + $1) }.max { $0.count < $1.count } ?? []
    return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + payload
  }

  private static func readTensors(_ file: [UInt8]) throws {
    try file.withUnsafeBytes { bytes in
      let header = try SafetensorsHeader(of: bytes)
      for name in header.tensors.keys.sorted() {
        guard let (tensor, format) = try? header.tensor(name) else { continue }
        _ = format.numbers(tensor.bytes.count / format.size, in: bytes, at: tensor.bytes.lowerBound)
      }
    }
  }
}
