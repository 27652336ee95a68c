import Foundation

/// What sentence-transformers answers (`tools/golden/backbones.py`): vectors of small models in many variants, and of the
/// reference backbone.
struct Goldens: Decodable {
  struct Variant: Decodable, CustomStringConvertible {
    let name: String
    let model: String
    let dimension: Int
    let without: [String]

    var description: String { name }

    /// Lays the variant's files over its model's, in a folder of its own.
    func directory() throws -> URL {
      let folder = try temporaryDirectory()
      try copy(Goldens.folder.appendingPathComponent("models/\(model)"), over: folder)
      let files = Goldens.folder.appendingPathComponent("variants/\(name)")
      if FileManager.default.fileExists(atPath: files.path) { try copy(files, over: folder) }
      for file in without { try FileManager.default.removeItem(at: folder.appendingPathComponent(file)) }
      return folder
    }
  }

  struct Reference: Decodable {
    let dimension: Int
    let texts: [String]
  }

  /// Vectors of `three-layers` behind another layer, or pooled in another way, than its directory says.
  struct Features: Decodable {
    struct Made: Decodable, CustomStringConvertible {
      let layer: Int
      let pooling: String
      let dimension: Int

      var description: String { "\(layer)-\(pooling)" }

      func vectors() throws -> [[Float]] {
        try Goldens.vectors(in: "features/\(self).f32", dimension: dimension)
      }
    }

    let texts: [String]
    let made: [Made]
  }

  /// Vectors of texts that are longer than a variant reads, from windows of them.
  struct Windows: Decodable {
    struct Made: Decodable, CustomStringConvertible {
      let variant: String
      /// How many tokens all windows of each text have.
      let tokens: [Int]

      var description: String { variant }

      func vectors(dimension: Int) throws -> [[Float]] {
        try Goldens.vectors(in: "windows/\(variant).f32", dimension: dimension)
      }
    }

    let texts: [String]
    let made: [Made]
  }

  let texts: [String]
  let variants: [Variant]
  let reference: Reference
  let features: Features
  let windows: Windows

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Goldens")

  static func read() throws -> Goldens {
    try JSONDecoder().decode(
      Goldens.self, from: Data(contentsOf: folder.appendingPathComponent("backbones.json")))
  }

  static func variant(_ name: String) throws -> Variant {
    guard let variant = try read().variants.first(where: { $0.name == name }) else {
      throw CocoaError(.fileNoSuchFile)
    }
    return variant
  }

  /// Expected vectors: `exact` from double precision, else from single.
  static func vectors(_ name: String, dimension: Int, exact: Bool) throws -> [[Float]] {
    try vectors(in: "vectors/\(name)\(exact ? ".exact" : "").f32", dimension: dimension)
  }

  private static func vectors(in file: String, dimension: Int) throws -> [[Float]] {
    let data = try Data(contentsOf: folder.appendingPathComponent(file))
    let values = data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
    return stride(from: 0, to: values.count, by: dimension).map { Array(values[$0..<$0 + dimension]) }
  }
}

/// The largest difference between two vectors, as a share of the second one's greatest value where that is over 1.
func difference(_ a: [Float], _ b: [Float]) -> Float {
  let scale = max(1, b.map(abs).max() ?? 0)
  return a.count == b.count ? zip(a, b).map { abs($0 - $1) / scale }.max() ?? 0 : .infinity
}

func temporaryDirectory() throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("firn-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}

/// Copies a folder's files over those of another.
func copy(_ source: URL, over target: URL) throws {
  let files = FileManager.default
  guard let paths = files.enumerator(atPath: source.path) else { throw CocoaError(.fileNoSuchFile) }
  for case let path as String in paths {
    let (from, to) = (source.appendingPathComponent(path), target.appendingPathComponent(path))
    var isFolder: ObjCBool = false
    _ = files.fileExists(atPath: from.path, isDirectory: &isFolder)
    if isFolder.boolValue {
      try files.createDirectory(at: to, withIntermediateDirectories: true)
    } else {
      try? files.removeItem(at: to)
      try files.copyItem(at: from, to: to)
    }
  }
}
