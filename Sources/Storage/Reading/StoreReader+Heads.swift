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
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/versionPruned(_:)``.
  public func version(_ number: Int, of head: String) throws -> HeadVersionRecord {
    let found = try connection.first(
      "\(HeadVersionRecord.selection) WHERE head_version.head = ? AND head_version.version = ?",
      .integer(try self.head(named: head).id), .integer(number), row: HeadVersionRecord.init)
    guard let found else {
      if let pruned = try prunedVersions(of: head).first(where: { $0.version == number }) {
        throw StoreError.versionPruned(pruned)
      }
      throw StoreError.notFound(what: "head version", name: "\(head)@\(number)", near: [])
    }
    return found
  }

  /// The newest version of a head, which is never pruned.
  public func newestVersion(of head: String) throws -> HeadVersionRecord {
    try version(try self.head(named: head).versions, of: head)
  }

  /// The versions of a head that were pruned, the oldest first.
  public func prunedVersions(of head: String) throws -> [PrunedVersion] {
    let annotations = try annotations(of: head)
    return try connection.all(
      """
      SELECT head.name, version, digest, pruned_version.created, pruned
      FROM pruned_version JOIN head ON head.id = pruned_version.head WHERE head.id = ? ORDER BY version
      """, .integer(try self.head(named: head).id)
    ) {
      PrunedVersion(
        head: $0.text(0), version: $0.int(1), digest: try $0.digest(2), created: $0.text(3),
        pruned: $0.text(4), notes: annotations[$0.int(1)]?.notes ?? [])
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

  private func head(_ row: Statement) -> HeadRecord {
    HeadRecord(
      name: row.text(0), task: row.text(1), versions: row.int(2), created: row.text(3), id: row.integer(4))
  }
}

private let headSelection = """
  SELECT head.name, task.name,
    max(coalesce(max(head_version.version), 0),
      coalesce((SELECT max(version) FROM pruned_version WHERE pruned_version.head = head.id), 0)),
    head.created, head.id
  FROM head
  JOIN task ON task.id = head.task
  LEFT JOIN head_version ON head_version.head = head.id
  """
