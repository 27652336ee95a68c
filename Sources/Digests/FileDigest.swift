public import Foundation

extension SHA256Digest {
  /// The digest of a file's bytes, read a mebibyte at a time.
  ///
  /// - Throws: ``DigestError`` when the file cannot be read.
  public init(ofFile url: URL) throws(DigestError) {
    var hasher = SHA256()
    do {
      let file = try FileHandle(forReadingFrom: url)
      defer { try? file.close() }
      while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty {
        chunk.withUnsafeBytes { hasher.update($0) }
      }
    } catch {
      throw .unreadable(path: url.path, reason: error.localizedDescription)
    }
    self = hasher.finalize()
  }
}

/// Why no digest could be made.
public enum DigestError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file at `path` could not be opened or read.
  case unreadable(path: String, reason: String)

  /// What happened, to which file.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read “\(path)” to make its digest: \(reason)"
    }
  }
}
