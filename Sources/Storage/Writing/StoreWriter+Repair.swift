extension StoreWriter {
  /// Removes the vectors that are not as they were written. They can be made again: what they were made of is a text.
  ///
  /// - Returns: The contents that lost one, by the number of the backbone.
  public func removeDamagedVectors() throws -> [Int64: [Int64]] {
    var damaged: [Int64] = []
    try damagedVectors { id, _ in damaged.append(id) }
    try connection.transaction {
      try connection.withStatement("DELETE FROM embedding WHERE id = ?") { statement in
        for id in damaged {
          try statement.bind(id, at: 1)
          try statement.run()
        }
      }
    }
    return Dictionary(grouping: damaged) { $0 >> 40 }.mapValues { ids in
      ids.map { $0 & BackboneRecord.contentMask }
    }
  }

  /// Makes all indexes anew from the rows.
  public func rebuildIndexes() throws {
    try connection.transaction { try connection.execute("REINDEX") }
  }
}
