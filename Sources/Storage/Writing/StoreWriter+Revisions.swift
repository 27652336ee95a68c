extension StoreWriter {
  /// Begins a revision of a dataset, which is made if there is none of that name.
  ///
  /// Readers see nothing of it until ``close(_:)``.
  public func beginRevision(of dataset: String, command: String) throws -> Revision {
    try NameRules.check(dataset, of: "dataset")
    try interruptOpenRevisions(of: dataset)
    return try connection.transaction {
      try connection.run(
        "INSERT INTO dataset (name, created) VALUES (?, \(now)) ON CONFLICT (name) DO NOTHING", .text(dataset)
      )
      try connection.run(
        """
        INSERT INTO revision (dataset, number, command, created, state)
        SELECT id, 1 + coalesce((SELECT max(number) FROM revision WHERE dataset = dataset.id), 0), ?2, \(now), 'open'
        FROM dataset WHERE name = ?1
        """, .text(dataset), .text(command))
      return try newestRevision(of: dataset)
    }
  }

  /// Closes a revision, so that readers see it; returns the dataset's newest.
  ///
  /// A revision that changed nothing is dropped and the one before stands: then the returned number is lower. Only a
  /// dataset's first revision stays though it is empty.
  public func close(_ revision: Revision) throws -> Revision {
    try connection.transaction {
      try settle(
        "closed", where: "dataset = ? AND number = ?", .integer(revision.datasetID), .integer(revision.number)
      )
      return try newestRevision(of: revision.dataset)
    }
  }

  /// Closes a revision of a dataset if one was begun; returns the dataset's newest that readers see, 0 where there is none.
  public func finish(_ revision: Revision?, of dataset: String) throws -> Int {
    if let revision { return try close(revision).number }
    return try connection.first(
      """
      SELECT current_revision.number FROM current_revision
      JOIN dataset ON dataset.id = current_revision.dataset WHERE dataset.name = ?
      """, .text(dataset)
    ) { $0.int(0) } ?? 0
  }

  /// Marks the revisions that are still open as interrupted: the lock is ours, so whoever wrote them is dead.
  func interruptOpenRevisions() throws {
    try connection.transaction { try settle("interrupted", where: "true") }
  }

  private func interruptOpenRevisions(of dataset: String) throws {
    try connection.transaction {
      try settle("interrupted", where: "dataset = (SELECT id FROM dataset WHERE name = ?)", .text(dataset))
    }
  }

  /// Gives open revisions their last state, and drops those that changed nothing and follow another.
  private func settle(_ state: String, where condition: String, _ values: SQLValue...) throws {
    try connection.withStatement(
      """
      DELETE FROM revision
      WHERE state = 'open' AND number > 1 AND added = 0 AND changed = 0 AND removed = 0 AND \(condition)
      """
    ) { statement in
      try statement.bind(values)
      try statement.run()
    }
    try connection.withStatement(
      "UPDATE revision SET state = '\(state)' WHERE state = 'open' AND \(condition)"
    ) { statement in
      try statement.bind(values)
      try statement.run()
    }
  }

  private func newestRevision(of dataset: String) throws -> Revision {
    let found = try connection.first(
      "\(Revision.selection) WHERE dataset.name = ? ORDER BY revision.number DESC", .text(dataset),
      row: Revision.init)
    guard let found else { throw StoreError.noRevision(dataset: dataset, number: 0) }
    return found
  }
}
