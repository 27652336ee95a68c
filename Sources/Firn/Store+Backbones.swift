public import Backbones
internal import Foundation
internal import JSON
public import Storage

extension Store {
  /// Adds the backbone of a model directory under a name. The files stay where they are; the store keeps their fingerprint.
  ///
  /// A backbone that is there with this name and fingerprint stays; if its directory has moved, the store follows it. With
  /// other options the same directory is another backbone.
  ///
  /// - Parameters:
  ///   - directory: The model directory.
  ///   - name: What the backbone is called from now on.
  ///   - options: What is taken from the network, where that is not simply what the directory says.
  /// - Returns: What the store keeps of it.
  /// - Throws: `BackboneError`; `StoreError` when the name or the fingerprint is taken.
  @discardableResult
  public func addBackbone(
    at directory: String, named name: String, options: BackboneOptions = BackboneOptions()
  ) throws -> BackboneRecord {
    let location = URL(fileURLWithPath: directory).standardizedFileURL
    let backbone = try Backbone(directory: location, options: options, threads: threads)
    let manifest = try backbone.manifest.canonicalJSON()
    let writer = try writer()
    let record = try writer.addBackbone(
      name: name, fingerprint: backbone.fingerprint, dimension: backbone.dimension, location: location.path,
      manifest: manifest)
    guard record.location != location.path || record.manifest != manifest else { return record }
    return try writer.relocateBackbone(named: name, to: location.path, manifest: manifest)
  }

  /// Says where the model directory of a backbone lies now. It must hold the same files.
  ///
  /// - Parameters:
  ///   - name: The backbone.
  ///   - directory: Its model directory.
  /// - Returns: What the store keeps of it.
  /// - Throws: ``FirnError/backboneChanged(name:location:expected:found:)`` when the directory gives another fingerprint;
  ///   ``FirnError/backboneDeclared(name:)``; `BackboneError`.
  @discardableResult
  public func relinkBackbone(named name: String, to directory: String) throws -> BackboneRecord {
    let location = URL(fileURLWithPath: directory).standardizedFileURL
    let writer = try writer()
    let record = try writer.backbone(named: name)
    let backbone = try Backbone(
      directory: location, options: record.manifest(in: path).options, threads: threads)
    guard backbone.fingerprint == record.fingerprint else {
      throw FirnError.backboneChanged(
        name: name, location: location.path, expected: record.fingerprint, found: backbone.fingerprint)
    }
    return try writer.relocateBackbone(
      named: name, to: location.path, manifest: backbone.manifest.canonicalJSON())
  }

  /// Every backbone, by name.
  public func backbones() throws -> [BackboneRecord] {
    try reader().backbones()
  }

  /// The backbone called `name`.
  public func backbone(named name: String) throws -> BackboneRecord {
    try reader().backbone(named: name)
  }

  /// Opens a backbone to embed with.
  ///
  /// - Throws: ``FirnError/backboneChanged(name:location:expected:found:)`` when its files are not those that were added;
  ///   ``FirnError/backboneGone(name:location:reason:)``.
  public func open(_ record: BackboneRecord) throws -> Backbone {
    let manifest = try record.manifest(in: path)
    let backbone = try read(record, options: manifest.options, known: manifest)
    guard backbone.fingerprint == record.fingerprint else {
      throw FirnError.backboneChanged(
        name: record.name, location: record.location, expected: record.fingerprint,
        found: backbone.fingerprint)
    }
    guard backbone.dimension == record.dimension else {
      throw StoreError.damaged(path: path, what: "the dimension of the backbone “\(record.name)”")
    }
    return backbone
  }

  /// Reads all of a backbone's files again and compares what they hold with what was added.
  ///
  /// - Throws: ``FirnError/backboneChanged(name:location:expected:found:)``; ``FirnError/backboneGone(name:location:reason:)``.
  public func verifyBackbone(named name: String) throws -> BackboneRecord {
    let record = try backbone(named: name)
    let found = try read(record, options: record.manifest(in: path).options, known: nil).fingerprint
    guard found == record.fingerprint else {
      throw FirnError.backboneChanged(
        name: record.name, location: record.location, expected: record.fingerprint, found: found)
    }
    return record
  }

  private func read(
    _ record: BackboneRecord, options: BackboneOptions, known: BackboneManifest?
  ) throws -> Backbone {
    do {
      return try Backbone(
        directory: URL(fileURLWithPath: record.location), options: options, known: known, threads: threads)
    } catch BackboneError.unreadable(let file, let reason) {
      throw FirnError.backboneGone(name: record.name, location: record.location, reason: "\(file) \(reason)")
    }
  }

  /// Removes a backbone and its vectors from the store; its files stay, and so do heads trained on it.
  public func removeBackbone(named name: String) throws {
    try writer().removeBackbone(named: name)
  }
}

extension BackboneRecord {
  /// What the backbone consists of.
  ///
  /// - Throws: ``FirnError/backboneDeclared(name:)``; `StoreError` when what the store at `path` holds cannot be read.
  public func manifest(in path: String) throws -> BackboneManifest {
    guard !isDeclared else { throw FirnError.backboneDeclared(name: name) }
    do {
      return try JSONDecoder().decode(BackboneManifest.self, from: Data(manifest.utf8))
    } catch {
      throw StoreError.damaged(path: path, what: "the manifest of the backbone “\(name)”")
    }
  }
}
