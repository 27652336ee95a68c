extension StoreWriter {
  /// Stores a training result as the next version of its head, which is made with its first version.
  ///
  /// - Throws: ``StoreError/headTask(head:task:not:)`` when the head is for another task;
  ///   ``StoreError/notFound(what:name:near:)`` or ``StoreError/noRevision(dataset:number:)`` when the task, dataset,
  ///   revision or parent is not there.
  public func append(_ draft: HeadVersionDraft) throws -> HeadVersionRecord {
    try NameRules.check(draft.head, of: "head")
    return try connection.transaction {
      let task = try task(named: draft.task)
      let scope = try scope(of: draft.dataset, at: draft.revision)
      try connection.run(
        "INSERT INTO head (name, task, created) VALUES (?, ?, \(now)) ON CONFLICT (name) DO NOTHING",
        .text(draft.head), .integer(task.id))
      let head = try head(named: draft.head)
      guard head.task == draft.task else {
        throw StoreError.headTask(head: head.name, task: head.task, not: draft.task)
      }
      let (number, overflow) = head.versions.addingReportingOverflow(1)
      guard !overflow else {
        throw StoreError.damaged(path: path, what: "the head “\(head.name)” has the version \(head.versions)")
      }
      if let parent = draft.parent { _ = try version(parent, of: head.name) }
      try connection.run(
        """
        INSERT INTO head_version (head, version, parent, digest, specification, backbone, fingerprint, dataset, revision,
          rows_digest, metrics, environment, created, weights)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \(now), ?)
        """, .integer(head.id), .integer(number), draft.parent.map { .integer($0) } ?? .null,
        .digest(draft.digest),
        .text(draft.specification),
        .text(draft.backbone), .digest(draft.fingerprint), .integer(scope.dataset), .integer(scope.revision),
        .digest(draft.rowsDigest), .text(draft.metrics), .text(draft.environment), .blob(draft.weights))
      try keep(draft.statistics, ofVersion: number, ofHead: head.id)
      return try version(number, of: head.name)
    }
  }

  /// Keeps the statistics of a head's newest version, and none of those before.
  private func keep(_ statistics: [UInt8]?, ofVersion version: Int, ofHead head: Int64) throws {
    try connection.run("DELETE FROM head_statistics WHERE head = ?", .integer(head))
    guard let statistics else { return }
    try connection.run(
      "INSERT INTO head_statistics (head, version, statistics, checksum) VALUES (?, ?, ?, ?)",
      .integer(head), .integer(version), .blob(statistics),
      .integer(Int64(Self.checksum(ofStatistics: statistics, version: version))))
  }

  /// Removes a head with all of its versions, what was said of them, and its log.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``; ``StoreError/headProtected(head:aliases:)`` while one of its aliases is.
  public func removeHead(named name: String) throws {
    try connection.transaction {
      let head = try head(named: name)
      let protected = try aliases(of: name).map(\.alias).filter { try isProtected($0, of: name) }
      guard protected.isEmpty else { throw StoreError.headProtected(head: name, aliases: protected) }
      try connection.run("DELETE FROM head WHERE id = ?", .integer(head.id))
    }
  }
}
