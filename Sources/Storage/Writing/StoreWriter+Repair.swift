extension StoreWriter {
  /// Removes the vectors that are not as they were written. They can be made again: what they were made of is a text.
  ///
  /// - Returns: How many they were.
  public func removeDamagedVectors() throws -> Int {
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
    return damaged.count
  }
}
