import Firn
import Foundation

extension TemporaryStore {
  /// Writes a NumPy file of vectors, or of one without rows; its path.
  func file(of vectors: Matrix<Float>, isOneVector: Bool = false) throws -> String {
    let file = folder.appending(path: "\(UUID().uuidString).npy")
    var head = FeatureFormat.numPy.head(rows: vectors.rows, dimension: vectors.columns)
    if isOneVector {
      let shape = "(\(vectors.rows), \(vectors.columns)), }"
      let flat = "(\(vectors.columns),), }".padding(toLength: shape.count, withPad: " ", startingAt: 0)
      head = Array(String(decoding: head.dropFirst(10), as: UTF8.self).replacing(shape, with: flat).utf8)
      head = FeatureFormat.numPy.head(rows: vectors.rows, dimension: vectors.columns).prefix(10) + head
    }
    var bytes = Data(head)
    vectors.elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    try bytes.write(to: file)
    return file.path
  }

  /// Imports rows and their vectors into the dataset `made`, under a backbone of that name.
  func importVectors(_ rows: [String], _ vectors: Matrix<Float>) throws {
    try store.declareBackbone(
      named: "made", as: DeclaredBackbone(source: "elsewhere", dimension: vectors.columns))
    try store.importFeatures(
      try file(of: vectors), items: try file(rows), into: "made", with: "made")
  }
}
