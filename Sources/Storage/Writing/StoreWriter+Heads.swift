extension StoreWriter {
  /// Stores a training result as the next version of its head, which is made with its first version.
  ///
  /// - Throws: ``StoreError/headTask(head:task:not:)`` when the head is for another task;
  ///   ``StoreError/notFound(what:name:near:)`` or ``StoreError/noRevision(dataset:number:)`` when the task, dataset or
  ///   revision is not there.
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
      try connection.run(
        """
        INSERT INTO head_version (head, version, digest, specification, backbone, fingerprint, dataset, revision,
          rows_digest, metrics, environment, created, weights)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \(now), ?)
        """, .integer(head.id), .integer(number), .digest(draft.digest),
        .text(draft.specification),
        .text(draft.backbone), .digest(draft.fingerprint), .integer(scope.dataset), .integer(scope.revision),
        .digest(draft.rowsDigest), .text(draft.metrics), .text(draft.environment), .blob(draft.weights))
      return try version(number, of: head.name)
    }
  }

  /// Removes a head with all of its versions and its log.
  public func removeHead(named name: String) throws {
    try connection.transaction {
      try connection.run("DELETE FROM head WHERE id = ?", .integer(try head(named: name).id))
    }
  }

  // MARK: - Aliases

  /// Lets an alias point to a version. Pointing it where it points already changes nothing.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  @discardableResult
  public func promote(_ version: Int, of head: String, to alias: String) throws -> AliasEntry {
    try NameRules.check(alias: alias)
    return try connection.transaction {
      _ = try self.version(version, of: head)
      if let current = try aliases(of: head).first(where: { $0.alias == alias }), current.version == version {
        return current
      }
      return try log(head, alias, version, .promote)
    }
  }

  /// Lets an alias point to where it pointed before it was promoted to where it points now.
  ///
  /// Each rollback takes back one promotion that still stands, so two of them go two promotions back and never forth
  /// again. After v1, v2 and v3 were promoted, rollbacks lead to v2 and v1; v4 promoted after the first of them rolls back
  /// to v2. An alias that was removed starts anew.
  ///
  /// - Throws: ``StoreError/nothingToRollBackTo(head:alias:)`` when no earlier promotion stands.
  @discardableResult
  public func rollback(_ alias: String, of head: String) throws -> AliasEntry {
    try connection.transaction {
      var standing: [Int] = []
      for entry in try aliasLog(of: head) where entry.alias == alias {
        switch (entry.reason, entry.version) {
        case (.promote, let version?): standing.append(version)
        case (.rollback, _): _ = standing.popLast()
        default: standing.removeAll()
        }
      }
      guard standing.count > 1 else { throw StoreError.nothingToRollBackTo(head: head, alias: alias) }
      return try log(head, alias, standing[standing.count - 2], .rollback)
    }
  }

  /// Removes an alias; its log stays.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  @discardableResult
  public func removeAlias(_ alias: String, of head: String) throws -> AliasEntry {
    try connection.transaction {
      _ = try version(aliased: alias, of: head)
      return try log(head, alias, nil, .remove)
    }
  }

  private func log(_ head: String, _ alias: String, _ version: Int?, _ reason: AliasEntry.Reason) throws
    -> AliasEntry
  {
    try connection.run(
      "INSERT INTO alias_log (head, alias, version, reason, created) VALUES (?, ?, ?, ?, \(now))",
      .integer(try self.head(named: head).id), .text(alias), version.map { .integer($0) } ?? .null,
      .text(reason.rawValue))
    guard let entry = try aliasLog(of: head).last else {
      throw StoreError.damaged(path: path, what: "the alias log does not keep its entries")
    }
    return entry
  }
}
