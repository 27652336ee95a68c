public import LinearAlgebra
public import Storage

extension Store {
  /// The vectors of `contents`, one a row, read by all workers.
  ///
  /// What a backbone made of a content never changes, so that readers who began at different times see the same; but for one case: a
  /// number that a vacuum freed, and an extraction gave to another text, within the time of this call.
  ///
  /// - Throws: `StoreError` when some are missing or not as they were written.
  public func features(of contents: [Int64], by backbone: BackboneRecord) throws -> Matrix<Float> {
    let gathering = VectorGathering(of: contents, by: backbone)
    let reader = try reader()
    // Counts all that are missing.
    if try !gathering.findsFirst(with: reader) { _ = try reader.vectors(of: contents, by: backbone) }
    let (matrix, parts) = Matrix.filled(
      rows: contents.count, columns: backbone.dimension, parts: gathering.parts, on: threads,
      with: { Result { try self.reader() } }
    ) { reader, part, writer in
      Result {
        try gathering.read(part, with: reader.get()) { row, vector in writer.write(vector, row: row) }
      }
    }
    try gathering.check(missing: parts.reduce(0) { try $0 + $1.get() })
    return matrix
  }
}
