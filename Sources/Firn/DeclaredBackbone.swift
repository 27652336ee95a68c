public import Digests
internal import Foundation
internal import JSON
public import Storage

/// A backbone that Firn does not run: its features are made elsewhere and imported. What makes them is only declared.
public struct DeclaredBackbone: Codable, Hashable, Sendable {
  /// What makes the features, in the words of whoever declares it: a model and its version.
  public let source: String
  /// Values of a vector.
  public let dimension: Int

  /// A backbone by what is said of it.
  public init(source: String, dimension: Int) {
    (self.source, self.dimension) = (source, dimension)
  }

  /// SHA-256 over all that is declared, so that stores that declare the same agree.
  public var fingerprint: SHA256Digest { SHA256Digest(of: "declared\n\(dimension)\n\(source)") }
}

extension BackboneRecord {
  /// Whether its features are made elsewhere. It has no model directory then.
  public var isDeclared: Bool { location.isEmpty }

  /// What is declared of it, where it is only declared.
  ///
  /// - Throws: `StoreError` when what the store at `path` holds cannot be read.
  public func declaration(in path: String) throws -> DeclaredBackbone {
    do {
      return try JSONDecoder().decode(DeclaredBackbone.self, from: Data(manifest.utf8))
    } catch {
      throw StoreError.damaged(path: path, what: "what is declared of the backbone “\(name)”")
    }
  }
}

extension Store {
  /// Adds a backbone whose features are made elsewhere. One that is declared so already stays.
  ///
  /// - Parameters:
  ///   - name: What it is called.
  ///   - declared: What is known of it.
  /// - Returns: What the store keeps of it.
  /// - Throws: `StoreError` when the name or the fingerprint is taken.
  @discardableResult
  public func declareBackbone(named name: String, as declared: DeclaredBackbone) throws -> BackboneRecord {
    try writer().addBackbone(
      name: name, fingerprint: declared.fingerprint, dimension: declared.dimension, location: "",
      manifest: declared.canonicalJSON())
  }
}
