extension StoreWriter {
  /// Removes the versions of a head that nothing keeps, and leaves of each a row that says so; its notes stay. No number is given
  /// twice.
  ///
  /// - Parameters:
  ///   - head: The head's name.
  ///   - count: How many of the newest versions stay whatever they are; at least one does.
  /// - Returns: What was done with each version, as ``StoreReader/pruning(of:keeping:)`` tells beforehand.
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func prune(_ head: String, keeping count: Int) throws -> [PruneVerdict] {
    try connection.transaction {
      let verdicts = try pruning(of: head, keeping: count)
      let id = SQLValue.integer(try self.head(named: head).id)
      // A version goes before the one that it was made from.
      for verdict in verdicts.reversed() where verdict.goes {
        try connection.run(
          """
          INSERT INTO pruned_version (head, version, digest, created, pruned) VALUES (?, ?, ?, ?, \(now))
          """, id, .integer(verdict.version), .digest(verdict.digest), .text(verdict.created))
        try connection.run(
          "DELETE FROM head_version WHERE head = ? AND version = ?", id, .integer(verdict.version))
      }
      return verdicts
    }
  }
}
