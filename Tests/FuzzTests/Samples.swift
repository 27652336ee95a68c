import Firn
import Foundation

/// Files as they should be: mostly the golden ones of other tests.
enum Samples {
  private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  private static let models = tests.appending(path: "BackbonesTests/Goldens")

  /// What is embedded by whatever can be opened.
  static let texts = [
    "", "Chess: a \u{212b}ngström, e\u{301}té — 雪 and [MASK]s\u{0}", String(repeating: "ab ", count: 200),
  ]

  static func table(_ format: String) throws -> [UInt8] {
    // The beginning is as good as the whole, and more inputs are read in the same time.
    Array(try bytes(tests.appending(path: "DatasetsTests/Goldens/table.\(format)")).prefix(3000))
  }

  /// A NumPy file of 7 × 5 numbers.
  static func features() -> [UInt8] {
    FeatureFormat.numPy.head(rows: 7, dimension: 5) + (0..<140).map { UInt8($0) }
  }

  static func tensors() throws -> [[UInt8]] {
    try [models.appending(path: "models/one-layer/model.safetensors")].map(bytes) + heads()
  }

  static func heads() throws -> [[UInt8]] {
    try ["head-by-firn", "head-by-library"].map {
      try bytes(tests.appending(path: "HeadsTests/Goldens/\($0).safetensors"))
    }
  }

  /// A file of the small model that ``copyModel(to:)`` copies.
  static func modelFile(_ name: String) throws -> [UInt8] {
    let dense = models.appending(path: "variants/dense-tanh/\(name)")
    let isOfDense = FileManager.default.fileExists(atPath: dense.path)
    return try bytes(isOfDense ? dense : models.appending(path: "models/three-layers/\(name)"))
  }

  static func modelFiles(_ name: String) throws -> [[UInt8]] {
    let cased = models.appending(path: "variants/cased/\(name)")
    let others = FileManager.default.fileExists(atPath: cased.path) ? [try bytes(cased)] : []
    return [try modelFile(name)] + others
  }

  /// A model of three layers, with a dense layer behind it.
  static func copyModel(to folder: URL) throws {
    let files = FileManager.default
    try files.copyItem(at: models.appending(path: "models/three-layers"), to: folder)
    for name in ["modules.json", "2_Dense/config.json", "2_Dense/model.safetensors"] {
      let file = folder.appending(path: name)
      try files.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(modelFile(name)).write(to: file)
    }
  }

  private static func bytes(_ file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }
}
