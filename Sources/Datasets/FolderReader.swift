import Foundation
internal import JSON

/// Reads a folder of text files, one item each, holding no more than the listings of the folders it is
/// within.
struct FolderReader: RowReader {
  /// The task that the first subfolder of a file is the answer to.
  private static let task = "label"

  private let root: String
  /// What is still to be read of each folder on the way down, last first.
  private var pending: [[Node]]
  private(set) var bytesRead = 0
  let totalBytes: Int? = nil

  private struct Node {
    /// Relative to the root.
    let path: String
    let kind: FileKind?

    /// Sorting siblings by this sorts all files by the bytes of their paths.
    var sortKey: String { kind == .folder ? path + "/" : path }
  }

  init(_ path: String) throws(DatasetError) {
    root = path
    switch FileKind(following: path) {
    case nil: throw .noInput(path: path)
    case .folder: break
    default: throw .wrongKind(path: path, expected: "a folder")
    }
    do {
      pending = [try Self.nodes(in: "", of: root)]
    } catch {
      throw .unreadable(path: path, reason: error.localizedDescription)
    }
  }

  mutating func skip() throws(DatasetError) -> Bool {
    try next() != nil
  }

  mutating func next() throws(DatasetError) -> Entry? {
    while let last = pending.indices.last {
      guard let node = pending[last].popLast() else {
        pending.removeLast()
        continue
      }
      do throws(RowFault) {
        switch node.kind {
        case .regular: return .item(try item(node.path), at: .file(node.path))
        case .folder: pending.append(try nodes(in: node.path))
        case .link: throw RowFault("is a symbolic link; only regular files are read")
        case .other: throw RowFault("is not a regular file")
        case nil: throw RowFault("is gone, or its name is not valid UTF-8")
        }
      } catch {
        return .rejected(Rejection(place: .file(node.path), reason: error.reason))
      }
    }
    return nil
  }

  private mutating func item(_ path: String) throws(RowFault) -> Item {
    try ItemDecoder.check(id: path)
    let bytes = try contents(path)
    bytesRead += bytes.count
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard let text = String(validating: bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0), as: UTF8.self)
    else {
      throw RowFault("is not valid UTF-8")
    }
    try ItemDecoder.check(text: text)
    var labels: [String: Label] = [:]
    if let slash = path.firstIndex(of: "/") {
      labels[Self.task] = .single(String(path[..<slash]))
    }
    return Item(id: path, text: text, labels: labels)
  }

  private func contents(_ path: String) throws(RowFault) -> Data {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: root).appending(path: path))
      defer { try? file.close() }
      let limit = RecordReader.maximumLength
      let bytes = try file.read(upToCount: limit + 1) ?? Data()
      guard bytes.count <= limit else { throw RowFault("is longer than \(limit >> 20) MiB") }
      return bytes
    } catch let fault as RowFault {
      throw fault
    } catch {
      throw RowFault("cannot be read: \(error.localizedDescription)")
    }
  }

  private func nodes(in folder: String) throws(RowFault) -> [Node] {
    do {
      return try Self.nodes(in: folder, of: root)
    } catch {
      throw RowFault("cannot be listed: \(error.localizedDescription)")
    }
  }

  /// What `folder` holds, hidden files left out, in the order of `popLast`.
  private static func nodes(in folder: String, of root: String) throws -> [Node] {
    try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)
      .filter { !$0.hasPrefix(".") }
      .map { name in
        let path = folder.isEmpty ? name : folder + "/" + name
        return Node(path: path, kind: FileKind(at: root + "/" + path))
      }
      .sorted { $1.sortKey.precedesByBytes($0.sortKey) }
  }
}
