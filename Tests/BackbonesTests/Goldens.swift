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

  let texts: [String]
  let variants: [Variant]
  let reference: Reference

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
    let data = try Data(
      contentsOf: folder.appendingPathComponent("vectors/\(name)\(exact ? ".exact" : "").f32"))
    let values = data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
    return stride(from: 0, to: values.count, by: dimension).map { Array(values[$0..<$0 + dimension]) }
  }
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
