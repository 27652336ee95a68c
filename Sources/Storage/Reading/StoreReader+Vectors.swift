extension StoreReader {
  /// The vectors of `contents` under a backbone: row-major, one row a content, in the order asked for.
  ///
  /// A content asked for twice has two equal rows. Every row's checksum is compared.
  ///
  /// - Throws: ``StoreError/missingVectors(backbone:missing:of:)`` when some are not embedded,
  ///   ``StoreError/damagedVector(backbone:content:reason:)`` when a row is not what was written.
  public func vectors(of contents: [Int64], by backbone: BackboneRecord) throws -> [Float] {
    // One state throughout: a vector that is missed at first must not come in between.
    try snapshot {
      let gathering = VectorGathering(of: contents, by: backbone)
      let isThere = try gathering.findsFirst(with: self)
      var vectors = [Float](repeating: 0, count: isThere ? contents.count * backbone.dimension : 0)
      var missing = 0
      for part in 0..<gathering.parts {
        missing += try gathering.read(part, with: self) { row, vector in
          if isThere { vectors.setRow(row, to: vector) }
        }
      }
      try gathering.check(missing: missing)
      return vectors
    }
  }
}
