import Foundation

/// A file of test vectors in the format of NIST's validation program: `key = value` lines.
struct ResponseFile {
  private let lines: [(key: String, value: String)]

  init(named name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    lines = text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " = ")
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
  }

  /// The values of `key`, in order.
  func values(_ key: String) -> [String] {
    lines.filter { $0.key == key }.map(\.value)
  }

  /// The messages, cut to their length in bits, and the digest of each.
  var messages: [(message: [UInt8], digest: String)] {
    zip(zip(values("Len"), values("Msg")), values("MD")).map { vector, digest in
      let (bits, hex) = vector
      let message = stride(from: 0, to: hex.utf8.count, by: 2).compactMap { start in
        UInt8(hex.dropFirst(start).prefix(2), radix: 16)
      }
      return (Array(message.prefix((Int(bits) ?? 0) / 8)), digest)
    }
  }
}
