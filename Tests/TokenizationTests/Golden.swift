import Foundation

/// The answers of the original software, written by `tools/golden/tokenization.py`.
enum Golden {
  static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  static func read<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: directory.appendingPathComponent(name)))
  }

  /// FNV-1a, 64 bits, in hexadecimal.
  static func digest(_ bytes: some Sequence<UInt8>) -> String {
    let value = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// A directory that holds the small tokenizer with `sections` beside its model.
  static func modelDirectory(sections: String) throws -> URL {
    let model = try String(contentsOf: directory.appendingPathComponent("model.json"), encoding: .utf8)
    return try temporaryDirectory(["tokenizer.json": sections.dropLast() + ",\"model\":" + model + "}"])
  }

  /// A new directory with these files.
  static func temporaryDirectory(_ files: [String: String]) throws -> URL {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("tokenization-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: directory.appendingPathComponent(name))
    }
    return directory
  }
}
