extension StoreReader {
  /// Calls `body` with the contents whose texts match a query of FTS5, best first by bm25 (Robertson and Zaragoza 2009) over all texts of
  /// the store, until it returns false.
  ///
  /// Words that stand side by side must all be there, in any order; `"…"`, `OR`, `NOT`, `NEAR(…)` and `word*` are FTS5's.
  ///
  /// - Parameters:
  ///   - query: The query.
  ///   - body: Takes the number of a content, and its score: the less, the better. Of equal scores any may come first.
  /// - Throws: ``StoreError/badMatch(query:reason:)`` when FTS5 cannot read the query; what `body` throws.
  public func contents(
    matching query: String, _ body: (_ content: Int64, _ score: Double) throws -> Bool
  ) throws {
    // Such a query would ask FTS5 about itself.
    guard query.utf8.first != UInt8(ascii: "*") else {
      throw StoreError.badMatch(query: query, reason: "it begins with *")
    }
    let sql = "SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank"
    try connection.withStatement(sql) { statement in
      try statement.bind(query, at: 1)
      while try StoreError.naming(query, { try statement.step() }) {
        guard try body(statement.integer(0), statement.real(1)) else { return }
      }
    }
  }
}

extension StoreError {
  /// What `step` returns. An error that has no kind of its own is about the query of FTS5: it is the only part that can be wrong.
  fileprivate static func naming<R>(_ query: String, _ step: () throws -> R) throws -> R {
    do {
      return try step()
    } catch StoreError.sqlite(1, let message, _) {  // SQLITE_ERROR
      throw StoreError.badMatch(query: query, reason: message)
    }
  }
}
