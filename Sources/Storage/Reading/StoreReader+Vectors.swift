extension StoreReader {
  /// The vectors of `contents` under a backbone: row-major, one row a content, in the order asked for.
  ///
  /// A content asked for twice has two equal rows. Every row's checksum is compared.
  ///
  /// - Throws: ``StoreError/missingVectors(backbone:missing:of:)`` when some are not embedded,
  ///   ``StoreError/damagedVector(backbone:content:reason:)`` when a row is not what was written.
  public func vectors(of contents: [Int64], by backbone: BackboneRecord) throws -> [Float] {
    try [Float](unsafeUninitializedCapacity: contents.count * backbone.dimension) { rows, count in
      try readVectors(of: contents[...], by: backbone, into: rows)
      count = rows.count
    }
  }

  /// Reads the vectors of `contents` into `rows`, which holds as many floats as they have: so that several readers
  /// can each fill their part of one matrix.
  ///
  /// - Throws: as ``vectors(of:by:)`` does; `rows` is then filled in part.
  public func readVectors(
    of contents: ArraySlice<Int64>, by backbone: BackboneRecord, into rows: UnsafeMutableBufferPointer<Float>
  ) throws {
    guard rows.count == contents.count * backbone.dimension else {
      throw StoreError.embeddingShape(
        backbone: backbone.name, dimension: backbone.dimension, rows: contents.count, floats: rows.count)
    }
    try snapshot {
      var gathering = VectorGathering(contents, by: backbone, into: UnsafeMutableRawBufferPointer(rows))
      try gathering.run(on: connection)
    }
  }
}
