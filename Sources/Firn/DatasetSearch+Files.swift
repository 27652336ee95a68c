internal import LinearAlgebra
public import Search
public import TensorFiles

extension DatasetSearch {
  /// The items wanted of each row of a file of vectors that the backbone made elsewhere. The file is read block by block, so it may be
  /// larger than memory.
  ///
  /// - Parameters:
  ///   - wanted: Which neighbours.
  ///   - file: The vectors [Q × d].
  ///   - body: Takes the number of a row, from 0, and its neighbours, row by row.
  /// - Throws: ``FirnError/queryShape(path:dimension:backbone:expected:)``, before `body` is called;
  ///   ``FirnError/queryNotFinite(path:row:)``; `SearchError`; and what `body` throws.
  public func nearest(
    _ wanted: Wanted, toRowsOf file: FeatureFile, _ body: (_ row: Int, _ answers: [Answer]) throws -> Void
  ) throws {
    guard file.dimension == backbone.dimension else {
      throw FirnError.queryShape(
        path: file.path, dimension: file.dimension, backbone: backbone.name, expected: backbone.dimension)
    }
    let blockRows = queriesAtOnce(for: wanted)
    for start in stride(from: 0, to: file.rows, by: blockRows) {
      let rows = start..<min(file.rows, start + blockRows)
      let vectors = Matrix(rows: rows.count, columns: file.dimension, elements: file.values(of: rows))
      if let row = rows.first(where: { !vectors.row($0 - start).allSatisfy(\.isFinite) }) {
        throw FirnError.queryNotFinite(path: file.path, row: row)
      }
      for (row, answers) in zip(rows, try nearest(wanted, to: vectors)) { try body(row, answers) }
    }
  }
}
