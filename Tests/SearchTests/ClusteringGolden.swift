import Foundation
import LinearAlgebra

/// What scikit-learn and SciPy say (`tools/golden/clustering.py`).
struct ClusteringGolden: Decodable {
  struct Problem: Decodable {
    let vectors: [[Float]]
    let centres: [[Float]]
    let labels: [Int]
    let means: [[Double]]
    let inertia: Double
    let nearest: [Int]
    let silhouettes: [Double]
    let silhouette: Double
  }

  struct Similar: Decodable {
    let threshold: Double
    let groups: [[Int]]
  }

  let clusters: [Problem]
  let similar: [Similar]

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")

  static func read() throws -> ClusteringGolden {
    try JSONDecoder().decode(
      ClusteringGolden.self, from: Data(contentsOf: folder.appendingPathComponent("clustering.json")))
  }

  /// The rows that groups are of.
  static func vectors() throws -> Matrix<Float> {
    let data = try Data(contentsOf: folder.appendingPathComponent("vectors.f32"))
    let values = data.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
    return Matrix(rows: 500, columns: values.count / 500, elements: values)
  }
}

extension Matrix<Float> {
  init(_ rows: [[Float]]) {
    self.init(rows: rows.count, columns: rows[0].count, elements: rows.flatMap { $0 })
  }
}
