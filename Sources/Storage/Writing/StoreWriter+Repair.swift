extension StoreWriter {
  /// Removes the vectors that contradict their own checksums or have no text. One that does not fit its backbone's row stays: it may be
  /// the row that is damaged.
  ///
  /// - Returns: The contents that lost one, by the number of the backbone.
  public func removeDamagedVectors() throws -> [Int64: [Int64]] {
    var damaged: [Int64] = []
    try damagedVectors { id, _, isLost in if isLost { damaged.append(id) } }
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

  /// Makes all indexes anew from the rows, that of the words among them.
  public func rebuildIndexes() throws {
    try connection.transaction {
      try connection.execute("REINDEX")
      try rebuildWords()
    }
  }
}
