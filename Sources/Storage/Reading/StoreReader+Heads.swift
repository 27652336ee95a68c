extension StoreReader {
  /// Every head, by name.
  public func heads() throws -> [HeadRecord] {
    try connection.all("\(headSelection) GROUP BY head.id ORDER BY head.name", row: head)
  }

  /// The head called `name`.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func head(named name: String) throws -> HeadRecord {
    let found = try connection.first(
      "\(headSelection) WHERE head.name = ? GROUP BY head.id", .text(name), row: head)
    guard let found else { throw try notFound("head", name, among: "SELECT name FROM head") }
    return found
  }

  /// The versions of a head, the oldest first.
  public func versions(of head: String) throws -> [HeadVersionRecord] {
    try connection.all(
      "\(HeadVersionRecord.selection) WHERE head_version.head = ? ORDER BY head_version.version",
      .integer(try self.head(named: head).id), row: HeadVersionRecord.init)
  }

  /// One version of a head.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func version(_ number: Int, of head: String) throws -> HeadVersionRecord {
    let found = try connection.first(
      "\(HeadVersionRecord.selection) WHERE head_version.head = ? AND head_version.version = ?",
      .integer(try self.head(named: head).id), .integer(number), row: HeadVersionRecord.init)
    guard let found else {
      throw StoreError.notFound(what: "head version", name: "\(head)@\(number)", near: [])
    }
    return found
  }

  /// The newest version of a head.
  public func newestVersion(of head: String) throws -> HeadVersionRecord {
    try version(try self.head(named: head).versions, of: head)
  }

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

  /// The weights of a head version: a safetensors file.
  public func weights(of version: HeadVersionRecord) throws -> [UInt8] {
    let found = try connection.first(
      """
      SELECT head_version.weights FROM head_version JOIN head ON head.id = head_version.head
      WHERE head.name = ? AND head_version.version = ?
      """, .text(version.head), .integer(version.version)
    ) { $0.bytes(0) }
    guard let found else {
      throw StoreError.notFound(what: "head version", name: "\(version.head)@\(version.version)", near: [])
    }
    return found
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

  private func aliasEntries(of head: String, _ rest: String) throws -> [AliasEntry] {
    try connection.all(
      """
      SELECT head.name, alias_log.alias, alias_log.version, alias_log.reason, alias_log.created
      FROM alias_log JOIN head ON head.id = alias_log.head WHERE head.id = ? \(rest)
      """, .integer(try self.head(named: head).id)
    ) { row in
      guard let reason = AliasEntry.Reason(rawValue: row.text(3)) else {
        throw StoreError.damaged(path: path, what: "an alias moved for the reason “\(row.text(3))”")
      }
      return AliasEntry(
        head: row.text(0), alias: row.text(1), version: row.isNull(2) ? nil : row.int(2), reason: reason,
        created: row.text(4))
    }
  }

  private func head(_ row: Statement) -> HeadRecord {
    HeadRecord(
      name: row.text(0), task: row.text(1), versions: row.int(2), created: row.text(3), id: row.integer(4))
  }
}

private let headSelection = """
  SELECT head.name, task.name, coalesce(max(head_version.version), 0), head.created, head.id
  FROM head
  JOIN task ON task.id = head.task
  LEFT JOIN head_version ON head_version.head = head.id
  """
