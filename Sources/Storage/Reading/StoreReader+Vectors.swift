extension StoreReader {
  /// The vectors of `contents` under a backbone: row-major, one row a content, in the order asked for.
  ///
  /// A content asked for twice has two equal rows. Every row's checksum is compared.
  ///
  /// - Throws: ``StoreError/missingVectors(backbone:missing:of:)`` when some are not embedded,
  ///   ``StoreError/damagedVector(backbone:content:reason:)`` when a row is not what was written.
  public func vectors(of contents: [Int64], by backbone: BackboneRecord) throws -> [Float] {
    let gathering = VectorGathering(of: contents, by: backbone)
    let dimension = backbone.dimension
    let isThere = try gathering.findsFirst(with: self)
    return try [Float](unsafeUninitializedCapacity: isThere ? contents.count * dimension : 0) {
      matrix, count in
      var missing = 0
      for part in 0..<gathering.parts {
        missing += try gathering.read(part, with: self) { rows, vectors in
          guard isThere else { return }
          for (index, row) in rows.enumerated() {
            _ = matrix[row * dimension..<(row + 1) * dimension].update(
              fromContentsOf: vectors[index * dimension..<(index + 1) * dimension])
          }
        }
      }
      try gathering.check(missing: missing)
      count = contents.count * dimension
    }
  }
}
