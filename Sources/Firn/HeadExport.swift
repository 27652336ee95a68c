public import Digests
internal import Foundation
internal import Heads
internal import JSON
internal import ONNX
internal import Storage
internal import TensorFiles

/// The forms in which a head leaves a store.
enum HeadExportForm: String {
  /// The archive as it is stored, and its description beside it.
  case archive = "safetensors"
  /// A model that runtimes for neural networks read.
  case onnx
  /// A model card, for people.
  case card = "md"

  /// The form that a file's name tells.
  init?(extensionOf path: String) {
    self.init(rawValue: (path as NSString).pathExtension.lowercased())
  }
}

/// What was exported of a head.
public struct HeadExportSummary: Sendable, Hashable, Codable {
  /// The head's name.
  public let head: String
  /// The version.
  public let version: Int
  /// The digest of specification, fingerprint, rows and weights.
  public let digest: SHA256Digest
  /// The files that were written.
  public let files: [String]
}

extension Store {
  /// Writes a head version to files that other programs, and people, read.
  ///
  /// The name's extension is the form. `.safetensors` is the archive, byte by byte as the store keeps it, and beside it a `.json` file of
  /// the same name is its ``HeadDescription``: both together are what ``importHead(_:as:for:on:with:at:)`` takes. `.onnx` is a model that takes
  /// `features` [rows, d] and gives `scores`, `probabilities` and `label`, or `number`; `.md` is a model card.
  ///
  /// - Parameters:
  ///   - reference: The version.
  ///   - path: The file, which must not be there; it appears when all is written.
  /// - Returns: What was written.
  /// - Throws: ``FirnError/exportFormat(path:reason:)``, ``FirnError/exportExists(path:)``, `TensorFileError`, and
  ///   ``FirnError/damagedHead(head:version:reason:)`` when the version is not what was stored.
  @discardableResult
  public func exportHead(_ reference: HeadReference, to path: String) throws -> HeadExportSummary {
    guard let form = HeadExportForm(extensionOf: path) else {
      throw FirnError.exportFormat(
        path: path, reason: "does not tell the form: use .safetensors, .onnx or .md")
    }
    let reader = try reader()
    let (version, contents) = try reader.snapshot {
      let version = try reader.version(reference)
      return (version, try self.contents(of: version, as: form, at: path, from: reader))
    }
    let files = try contents.map { path, bytes in
      let file = try NewFile(path)
      try file.write(bytes)
      return file
    }
    // The file that was asked for comes last: where it is, all is.
    for file in files.reversed() { try file.finish() }
    return HeadExportSummary(
      head: version.head, version: version.number, digest: version.digest, files: files.map(\.path))
  }

  /// The files to be written, and their bytes.
  private func contents(
    of version: HeadVersion, as form: HeadExportForm, at path: String, from reader: StoreReader
  ) throws -> [(path: String, bytes: [UInt8])] {
    let head = try reader.head(of: version)
    let description = try HeadDescription(version, head: head, from: reader)
    switch form {
    case .archive:
      let json = try description.canonicalJSON() + "\n"
      return [
        (path, try reader.weights(of: version.record)),
        (HeadDescription.path(beside: path), Array(json.utf8)),
      ]
    case .onnx:
      let model = ONNXModel(
        head.graph, description: "\(version.reference), a head on features of \(version.backbone)",
        metadata: try description.texts)
      let bytes = model.bytes
      guard bytes.count <= Int(Int32.max) else {
        throw FirnError.exportFormat(
          path: path, reason: "would be larger than the 2 GB that an ONNX file may have")
      }
      return [(path, bytes)]
    case .card:
      return [(path, Array(try HeadCard(of: version, description, head: head, from: reader).markdown.utf8))]
    }
  }
}

extension HeadDescription {
  /// Where the description of an archive lies.
  static func path(beside archive: String) -> String {
    (archive as NSString).deletingPathExtension + ".json"
  }
}
