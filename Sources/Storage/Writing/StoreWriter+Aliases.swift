extension StoreWriter {
  /// Lets an alias point to a version. Pointing it where it points already changes nothing.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/versionPruned(_:)``,
  ///   ``StoreError/aliasProtected(head:alias:)``, ``StoreError/aliasMoved(head:alias:)``.
  @discardableResult
  public func promote(
    _ version: Int, of head: String, to alias: String, on ground: MoveGround = .ordinary()
  ) throws -> AliasEntry {
    try NameRules.check(alias: alias)
    return try connection.transaction {
      _ = try self.version(version, of: head)
      let current = try aliases(of: head).first { $0.alias == alias }
      if let current, current.version == version { return current }
      if case .gate(_, let replaced) = ground, current?.version != replaced {
        throw StoreError.aliasMoved(head: head, alias: alias)
      }
      return try move(alias, of: head, to: version, .promote, on: ground)
    }
  }

  /// Lets an alias point to where it pointed before it was promoted to where it points now.
  ///
  /// Each rollback takes back one promotion that still stands, so two of them go two promotions back and never forth
  /// again. After v1, v2 and v3 were promoted, rollbacks lead to v2 and v1; v4 promoted after the first of them rolls back
  /// to v2. An alias that was removed starts anew.
  ///
  /// - Throws: ``StoreError/nothingToRollBackTo(head:alias:)`` when no earlier promotion stands;
  ///   ``StoreError/aliasProtected(head:alias:)``.
  @discardableResult
  public func rollback(
    _ alias: String, of head: String, on ground: MoveGround = .ordinary()
  ) throws -> AliasEntry {
    try connection.transaction {
      var standing: [Int] = []
      for entry in try aliasLog(of: head) where entry.alias == alias {
        switch (entry.reason, entry.version) {
        case (.promote, let version?): standing.append(version)
        case (.rollback, _): _ = standing.popLast()
        case (.protect, _), (.unprotect, _): break
        default: standing.removeAll()
        }
      }
      guard standing.count > 1 else { throw StoreError.nothingToRollBackTo(head: head, alias: alias) }
      return try move(alias, of: head, to: standing[standing.count - 2], .rollback, on: ground)
    }
  }

  /// Removes an alias, and with it its protection; its log stays.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/aliasProtected(head:alias:)``.
  @discardableResult
  public func removeAlias(
    _ alias: String, of head: String, on ground: MoveGround = .ordinary()
  ) throws -> AliasEntry {
    try connection.transaction {
      _ = try version(aliased: alias, of: head)
      return try move(alias, of: head, to: nil, .remove, on: ground)
    }
  }

  /// Protects an alias, which from here on is moved only on a ground that allows it; or takes the protection off. An alias that is as
  /// it shall be stays so.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  @discardableResult
  public func protect(_ alias: String, of head: String, _ protects: Bool = true) throws -> AliasEntry {
    try connection.transaction {
      let version = try version(aliased: alias, of: head).version
      guard try isProtected(alias, of: head) != protects else {
        return try newestEntry(of: head, alias)
      }
      return try log(head, alias, version, protects ? .protect : .unprotect)
    }
  }

  /// Moves an alias, if it is free or the ground allows it.
  private func move(
    _ alias: String, of head: String, to version: Int?, _ reason: AliasEntry.Reason, on ground: MoveGround
  ) throws -> AliasEntry {
    let isProtected = try isProtected(alias, of: head)
    guard !isProtected || ground.allowance != nil else {
      throw StoreError.aliasProtected(head: head, alias: alias)
    }
    return try log(
      head, alias, version, reason, note: ground.note, allowedBy: isProtected ? ground.allowance : nil)
  }

  private func log(
    _ head: String, _ alias: String, _ version: Int?, _ reason: AliasEntry.Reason, note: String? = nil,
    allowedBy allowance: MoveGround.Allowance? = nil
  ) throws -> AliasEntry {
    try connection.run(
      """
      INSERT INTO alias_log (head, alias, version, reason, note, allowed_by, created)
      VALUES (?, ?, ?, ?, ?, ?, \(now))
      """, .integer(try self.head(named: head).id), .text(alias), version.map { .integer($0) } ?? .null,
      .text(reason.rawValue), note.map { .text($0) } ?? .null, allowance.map { .text($0.rawValue) } ?? .null)
    return try newestEntry(of: head, alias)
  }

  private func newestEntry(of head: String, _ alias: String) throws -> AliasEntry {
    guard let entry = try aliasLog(of: head).last(where: { $0.alias == alias }) else {
      throw StoreError.damaged(path: path, what: "the alias log does not keep its entries")
    }
    return entry
  }
}
