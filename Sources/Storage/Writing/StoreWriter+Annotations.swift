extension StoreWriter {
  /// Appends a note to a head version.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/versionPruned(_:)``.
  public func note(_ text: String, on version: Int, of head: String) throws {
    try connection.transaction {
      _ = try self.version(version, of: head)
      try annotate(head, version, "note", text)
    }
  }

  /// Gives a head version tags; those that it has already stay as they are.
  ///
  /// - Throws: ``StoreError/badName(what:name:reason:)``, ``StoreError/notFound(what:name:near:)``,
  ///   ``StoreError/versionPruned(_:)``.
  public func tag(_ version: Int, of head: String, with tags: [String]) throws {
    for tag in tags { try NameRules.check(tag, of: "tag") }
    try connection.transaction {
      _ = try self.version(version, of: head)
      for tag in tags where try !isTagged(head, version, tag) { try annotate(head, version, "tag", tag) }
    }
  }

  /// Takes tags from a head version: all of them, or none where it does not have one.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/versionPruned(_:)``.
  public func untag(_ version: Int, of head: String, from tags: [String]) throws {
    try connection.transaction {
      _ = try self.version(version, of: head)
      for tag in tags {
        guard try isTagged(head, version, tag) else {
          let near = namesNear(tag, among: try annotations(of: head)[version]?.tags ?? [])
          throw StoreError.notFound(what: "tag of \(head)@\(version)", name: tag, near: near)
        }
        try annotate(head, version, "untag", tag)
      }
    }
  }

  private func isTagged(_ head: String, _ version: Int, _ tag: String) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM tags WHERE head = ? AND version = ? AND tag = ?", .text(head), .integer(version),
      .text(tag)
    ) { _ in true } ?? false
  }

  private func annotate(_ head: String, _ version: Int, _ kind: String, _ text: String) throws {
    try connection.run(
      "INSERT INTO head_annotation (head, version, kind, text, created) VALUES (?, ?, ?, ?, \(now))",
      .integer(try self.head(named: head).id), .integer(version), .text(kind), .text(text))
  }
}
