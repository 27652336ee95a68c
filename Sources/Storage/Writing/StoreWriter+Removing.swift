extension StoreWriter {
  /// Removes a dataset with all of its revisions. Its contents and their vectors stay, for other datasets may hold them too;
  /// ``vacuum(overwriting:onStep:)`` frees those that none does.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``; ``StoreError/datasetNeeded(name:by:)`` while there are head versions that
  ///   were trained on it, or adapted to it.
  public func removeDataset(named name: String) throws {
    try connection.transaction {
      let id = SQLValue.integer(try datasetID(name))
      let heads = try connection.all(
        """
        SELECT DISTINCT head.name || '@' || head_version.version
        FROM \(NeededRevision.table) AS needed
        JOIN head_version ON head_version.id = needed.version JOIN head ON head.id = head_version.head
        WHERE needed.dataset = ? ORDER BY head.name, head_version.version
        """, id
      ) { $0.text(0) }
      guard heads.isEmpty else { throw StoreError.datasetNeeded(name: name, by: heads) }
      try connection.run("DELETE FROM label WHERE item IN (SELECT id FROM item WHERE dataset = ?)", id)
      try connection.run("DELETE FROM item_state WHERE item IN (SELECT id FROM item WHERE dataset = ?)", id)
      try connection.run("DELETE FROM item WHERE dataset = ?", id)
      try connection.run("DELETE FROM revision WHERE dataset = ?", id)
      try connection.run("DELETE FROM dataset WHERE id = ?", id)
    }
  }

  /// Drops the revisions of a dataset before one, but for those that head versions were trained on or adapted to, and what items held in
  /// them alone.
  /// ``vacuum(overwriting:onStep:)`` then frees the contents that no revision holds.
  ///
  /// - Returns: How many revisions were dropped.
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/noRevision(dataset:number:)``.
  public func forgetRevisions(of dataset: String, before number: Int) throws -> Int {
    try connection.transaction {
      let scope = try scope(of: dataset, at: number)
      let id = SQLValue.integer(scope.dataset)
      let forgotten = try connection.run(
        """
        DELETE FROM revision WHERE dataset = ?1 AND number < ?2 AND NOT EXISTS (
          SELECT 1 FROM \(NeededRevision.table) AS needed
          WHERE needed.dataset = revision.dataset AND needed.revision = revision.number)
        """, id, .integer(scope.revision))
      for table in ["label", "item_state"] {
        try connection.run(
          """
          DELETE FROM \(table)
          WHERE item IN (SELECT id FROM item WHERE dataset = ?1) AND until IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM revision
            WHERE dataset = ?1 AND number >= \(table).since AND number < \(table).until)
          """, id)
      }
      try connection.run(
        "DELETE FROM item WHERE dataset = ?1 AND NOT EXISTS (SELECT 1 FROM item_state WHERE item = item.id)",
        id)
      return forgotten
    }
  }

  /// From now on remembers which items are written, for ``removeUnwrittenItems(in:)``.
  public func rememberItems() throws {
    guard !remembersItems else { return }
    try connection.execute("CREATE TEMP TABLE written (item INTEGER PRIMARY KEY)")
    remembersItems = true
  }

  /// Removes, with an open revision, the items of its dataset that were not written since ``rememberItems()``; earlier revisions
  /// keep them.
  ///
  /// - Returns: How many they were.
  /// - Throws: ``StoreError/revisionNotOpen(dataset:number:)``.
  public func removeUnwrittenItems(in revision: Revision) throws -> Int {
    let (dataset, number) = (SQLValue.integer(revision.datasetID), SQLValue.integer(revision.number))
    return try connection.transaction {
      let gone = """
        item IN (SELECT id FROM item WHERE dataset = ?1 AND id NOT IN (SELECT item FROM temp.written)) AND until IS NULL
        """
      try connection.run("UPDATE label SET until = ?2 WHERE \(gone)", dataset, number)
      let removed = try connection.run("UPDATE item_state SET until = ?2 WHERE \(gone)", dataset, number)
      let told = try connection.run(
        "UPDATE revision SET removed = removed + ?3 WHERE dataset = ?1 AND number = ?2 AND state = 'open'",
        dataset,
        number, .integer(removed))
      guard told == 1 else {
        throw StoreError.revisionNotOpen(dataset: revision.dataset, number: revision.number)
      }
      return removed
    }
  }
}
