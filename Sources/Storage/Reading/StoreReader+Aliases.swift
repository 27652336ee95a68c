extension StoreReader {
  /// The version of a head that `alias` points to.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func version(aliased alias: String, of head: String) throws -> HeadVersionRecord {
    try snapshot {
      let aliases = try aliases(of: head)
      guard let version = aliases.first(where: { $0.alias == alias })?.version else {
        let near = namesNear(alias, among: aliases.map(\.alias))
        throw StoreError.notFound(what: "alias of the head “\(head)”", name: alias, near: near)
      }
      return try self.version(version, of: head)
    }
  }

  /// Where each alias of a head points now, by alias.
  public func aliases(of head: String) throws -> [AliasEntry] {
    try aliasEntries(
      of: head,
      """
      AND alias_log.version IS NOT NULL AND alias_log.id =
        (SELECT max(id) FROM alias_log AS newer WHERE newer.head = head.id AND newer.alias = alias_log.alias)
      ORDER BY alias_log.alias
      """)
  }

  /// Every move of every alias of a head, the oldest first.
  public func aliasLog(of head: String) throws -> [AliasEntry] {
    try aliasEntries(of: head, "ORDER BY alias_log.id")
  }

  /// Whether an alias is moved only on a ground that allows it.
  func isProtected(_ alias: String, of head: String) throws -> Bool {
    try connection.first(
      """
      SELECT reason = 'protect' FROM alias_log
      WHERE head = ? AND alias = ? AND reason IN ('protect', 'unprotect', 'remove') ORDER BY id DESC
      """, .integer(try self.head(named: head).id), .text(alias)
    ) { $0.int(0) == 1 } ?? false
  }

  private func allowance(_ text: String) throws -> MoveGround.Allowance {
    guard let allowance = MoveGround.Allowance(rawValue: text) else {
      throw StoreError.damaged(path: path, what: "an alias that “\(text)” allowed to move")
    }
    return allowance
  }

  private func aliasEntries(of head: String, _ rest: String) throws -> [AliasEntry] {
    try connection.all(
      """
      SELECT head.name, alias_log.alias, alias_log.version, alias_log.reason, alias_log.note, alias_log.allowed_by,
        alias_log.created
      FROM alias_log JOIN head ON head.id = alias_log.head WHERE head.id = ? \(rest)
      """, .integer(try self.head(named: head).id)
    ) { row in
      guard let reason = AliasEntry.Reason(rawValue: row.text(3)) else {
        throw StoreError.damaged(path: path, what: "an alias moved for the reason “\(row.text(3))”")
      }
      return AliasEntry(
        head: row.text(0), alias: row.text(1), version: row.isNull(2) ? nil : row.int(2), reason: reason,
        note: row.isNull(4) ? nil : row.text(4),
        allowedBy: row.isNull(5) ? nil : try allowance(row.text(5)), created: row.text(6))
    }
  }
}
