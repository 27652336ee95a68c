import Firn
import Foundation

/// The lines of a file of queries, or of standard input, a few at a time. Blank lines
/// are no queries, and a byte-order mark is no part of one.
struct QueryLines {
  private let file: FileHandle
  private let path: String
  private var rest = Data()
  private var isAtEnd = false

  /// Opens the file; `-` is standard input.
  init(_ path: String) throws {
    self.path = path
    if path == "-" {
      file = .standardInput
    } else if let opened = FileHandle(forReadingAtPath: path) {
      file = opened
    } else {
      throw DatasetError.noInput(path: path)
    }
  }

  /// The next lines, at least one and at most `most`: those that can be had without waiting for more; nil at the end.
  mutating func next(_ most: Int) throws -> [String]? {
    var lines: [String] = []
    while lines.count < most {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        append(rest[..<end], to: &lines)
        rest = rest[rest.index(after: end)...]
      } else if isAtEnd {
        append(rest, to: &lines)
        rest = Data()
        return lines.isEmpty ? nil : lines
      } else if lines.isEmpty {
        try readOn()
      } else {
        return lines
      }
    }
    return lines
  }

  private mutating func readOn() throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var count: Int
    // `FileHandle` would wait until so many bytes are there.
    repeat { count = read(file.fileDescriptor, &chunk, chunk.count) } while count < 0 && errno == EINTR
    guard count >= 0 else {
      throw DatasetError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    isAtEnd = count == 0
    rest = Data(rest) + chunk[..<count]
  }

  private func append(_ line: Data, to lines: inout [String]) {
    let noQuery = CharacterSet.whitespacesAndNewlines.union(CharacterSet(charactersIn: "\u{FEFF}"))
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: noQuery)
    if !text.isEmpty { lines.append(text) }
  }
}
