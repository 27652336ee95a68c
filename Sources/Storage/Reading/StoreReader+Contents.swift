extension StoreReader {
  /// The texts of `contents`, in their order.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)`` when there is no such content.
  public func texts(of contents: [Int64]) throws -> [String] {
    try connection.withStatement("SELECT text FROM content WHERE id = ?") { statement in
      try contents.map { content in
        try statement.bind(content, at: 1)
        defer { statement.reset() }
        guard try statement.step() else {
          throw StoreError.notFound(what: "content", name: "\(content)", near: [])
        }
        return statement.text(0)
      }
    }
  }

  /// The content of an item at a revision, the newest that readers see if it is nil; nil when there is no such item.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/noRevision(dataset:number:)``.
  public func content(ofItem id: String, in dataset: String, at revision: Int? = nil) throws -> Int64? {
    try snapshot {
      let scope = try scope(of: dataset, at: revision)
      return try connection.first(
        """
        SELECT item_state.content FROM item JOIN item_state ON item_state.item = item.id AND \(stands("item_state"))
        WHERE item.dataset = ?1 AND item.external_id = ?3
        """, .integer(scope.dataset), .integer(scope.revision), .text(id)
      ) { $0.integer(0) }
    }
  }
}
