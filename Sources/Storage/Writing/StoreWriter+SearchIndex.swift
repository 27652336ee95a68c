extension StoreWriter {
  /// Begins an index of a dataset under a backbone, without any block; the one that was there goes.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func beginSearchIndex(
    of dataset: String, by backbone: BackboneRecord, at revision: Int, trained: Int, depth: String,
    quantizer: [UInt8]
  ) throws -> SearchIndexRecord {
    try connection.transaction {
      let id = try datasetID(dataset)
      try removeSearchIndex(of: dataset, by: backbone)
      let number =
        try connection.first("SELECT 1 + coalesce(max(id), 0) FROM search_index") { $0.integer(0) } ?? 1
      let index = SearchIndexRecord(
        id: number, dataset: (id, dataset), backbone: backbone, revision: revision, trained: trained,
        depth: depth,
        quantizer: quantizer)
      try connection.run(
        """
        INSERT INTO search_index
          (id, dataset, backbone, revision, state, contents, trained, changes, depth, quantizer, checksum)
        VALUES (?, ?, ?, ?, 'building', 0, ?, 0, ?, ?, ?)
        """, .integer(number), .integer(id), .integer(backbone.id), .integer(revision), .integer(trained),
        .text(depth),
        .blob(quantizer), .integer(Int(index.checksum)))
      return index
    }
  }

  /// Writes blocks of an index, drops those from number `end` on, and has it be as `index` says: all of it, or nothing.
  ///
  /// - Returns: The index, with one change more.
  public func write(
    _ blocks: [SearchIndexBlock], droppingFrom end: Int, of index: SearchIndexRecord
  ) throws -> SearchIndexRecord {
    var index = index
    index.changes += 1
    try connection.transaction {
      for block in blocks {
        let (id, contents) = (index.id << 32 | Int64(block.number), block.contentBytes)
        let checksum = contents.withUnsafeBytes { contents in
          block.codes.withUnsafeBytes { SearchIndexBlock.checksum(id: id, contents: contents, codes: $0) }
        }
        try connection.run(
          "INSERT OR REPLACE INTO search_block (id, contents, codes, checksum) VALUES (?, ?, ?, ?)",
          .integer(id),
          .blob(contents), .blob(block.codes), .integer(Int(checksum)))
      }
      try connection.run(
        "DELETE FROM search_block WHERE id BETWEEN ? AND ?",
        .integer(index.id << 32 | Int64(min(end, 0xffff_ffff))),
        .integer(index.blockIDs.upperBound))
      try connection.run(
        """
        UPDATE search_index SET revision = ?, state = ?, contents = ?, changes = ?, depth = ?, checksum = ? WHERE id = ?
        """, .integer(index.revision), .text(index.isComplete ? "complete" : "building"),
        .integer(index.contents),
        .integer(index.changes), .text(index.depth), .integer(Int(index.checksum)), .integer(index.id))
    }
    return index
  }

  /// Removes the index of a dataset under a backbone, damaged or not.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  @discardableResult
  public func removeSearchIndex(of dataset: String, by backbone: BackboneRecord) throws -> Bool {
    try connection.run(
      "DELETE FROM search_index WHERE dataset = ? AND backbone = ?", .integer(datasetID(dataset)),
      .integer(backbone.id)) > 0
  }
}
