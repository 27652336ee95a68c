public import Digests
internal import Foundation

/// What a backbone is: everything that decides its output, and the files it was read from.
public struct BackboneManifest: Codable, Hashable, Sendable {
  /// A file of the model directory whose bytes decide the output.
  public struct File: Codable, Hashable, Sendable {
    /// Its path within the directory.
    public let name: String
    /// Its size.
    public let bytes: Int
    /// When its bytes or its place were last changed, in nanoseconds since 1970: the time of change that the system keeps (ctime).
    /// Tools set the other one, of the bytes alone, as they like, and archives of two models often have it in common.
    public let modified: Int
    /// The SHA-256 of its bytes.
    public let digest: SHA256Digest
  }

  /// The network and its shape, such as `bert 6×384, 12 heads, 1536 gelu`.
  public let architecture: String
  /// What was asked for beside what the model directory says.
  public let options: BackboneOptions
  /// The layer behind which the features are taken: 1 for the first, 0 for the embeddings that go into it.
  public let layer: Int
  /// The ways of pooling whose results stand behind one another.
  public let pooling: [PoolingMode]
  /// Whether the prompt's tokens are pooled like the text's.
  public let poolsPrompt: Bool
  /// What follows the pooling, in order: `normalize`, `dense(…)`.
  public let steps: [String]
  /// Whether text is lowercased, whatever the tokenizer's own files say.
  public let lowercases: Bool
  /// What stands before every text.
  public let prompt: String
  /// Tokens of a text that are read at the most, special ones included.
  public let maximumLength: Int
  /// How many tokens a window of a long text has in common with the one before it, where long texts are read in windows.
  public let windowOverlap: Int?
  /// Values of a vector.
  public let dimension: Int
  /// The arithmetic of the products.
  public let numericMode: NumericMode
  /// The kernels' family: vectors of two families are not the same bits.
  public let kernels: String
  /// The weights and the vocabulary.
  public let files: [File]

  /// SHA-256 over all of this but where the files lie and when they were changed.
  public var fingerprint: SHA256Digest {
    var hasher = SHA256()
    hasher.add(trunk.hex)
    hasher.update(layer)
    hasher.add(pooling.map(\.rawValue))
    hasher.update(poolsPrompt ? 1 : 0)
    hasher.add(steps)
    hasher.update(dimension)
    return hasher.finalize()
  }

  /// SHA-256 over what decides the hidden vectors of a text, behind whichever layer. Backbones that have it in common can
  /// share a pass through the network.
  var trunk: SHA256Digest {
    var hasher = SHA256()
    hasher.add(architecture)
    hasher.update(lowercases ? 1 : 0)
    hasher.add(prompt)
    hasher.update(maximumLength)
    hasher.add(options.longTexts.rawValue)
    hasher.update(windowOverlap ?? 0)
    hasher.add(numericMode.rawValue)
    hasher.add(kernels)
    hasher.add(files.flatMap { [$0.name, $0.digest.hex] })
    return hasher.finalize()
  }
}

extension SHA256 {
  fileprivate mutating func add(_ field: String) {
    // Lengths keep neighbouring fields apart.
    update(field.utf8.count)
    update(field)
  }

  fileprivate mutating func add(_ fields: [String]) {
    update(fields.count)
    for field in fields { add(field) }
  }
}

extension BackboneManifest.File {
  /// Describes a file as it is now. Its digest is taken over from `known` when neither size nor time of change differ, so
  /// that opening a backbone doesn't read all of its weights.
  init(_ name: String, in directory: ModelDirectory, known: BackboneManifest?) throws(BackboneError) {
    let path = directory.path(of: name)
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
    let bytes = Int(status.st_size)
    let modified = Int(status.st_ctim.tv_sec) * 1_000_000_000 + Int(status.st_ctim.tv_nsec)
    if let file = known?.files.first(where: { $0.name == name }), file.bytes == bytes,
      file.modified == modified
    {
      self = file
      return
    }
    do {
      let digest = try SHA256Digest(ofFile: URL(fileURLWithPath: path))
      self.init(name: name, bytes: bytes, modified: modified, digest: digest)
    } catch {
      throw .unreadable(file: path, reason: "\(error)")
    }
  }
}
