extension StoreWriter {
  /// Whether the index of words is whole and fits the texts. FTS5 compares both for none but a writer, though it changes nothing.
  ///
  /// - Throws: ``StoreError`` when that cannot be found out.
  public func wordsFitTexts() throws -> Bool {
    do {
      try connection.transaction {
        try connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
      }
      return true
    } catch StoreError.sqlite(let code, _, _) where code & 0xff == 11 {  // SQLITE_CORRUPT
      return false
    }
  }

  /// Makes the index of words anew from the texts.
  func rebuildWords() throws {
    try connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
  }

  /// Drops from the index of words what texts left there that are gone.
  func dropGoneWords() throws {
    try connection.transaction {
      try connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    }
  }
}
