import Foundation
import LinearAlgebra

/// The golden files that `tools/golden/search.py` makes: 500 vectors, 20 queries, and what the original software says of them.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  static func json<Value: Decodable>(_ name: String, _ type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func matrix(_ name: String, columns: Int = 24) throws -> Matrix<Float> {
    let data = try Data(contentsOf: folder.appendingPathComponent(name))
    let values = data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
    return Matrix(rows: values.count / columns, columns: columns, elements: values)
  }
}
