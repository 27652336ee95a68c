internal import Datasets

extension StoreReader {
  /// Calls `body` with each item that differs between two revisions of a dataset, in the order of the bytes of their ids. Nothing
  /// is gathered.
  ///
  /// - Parameters:
  ///   - dataset: the dataset's name.
  ///   - before: the one revision.
  ///   - after: the other, the newest that readers see if it is nil. It may be the older one: then everything is the other way
  ///     round.
  ///   - body: takes one change; what it throws ends the reading.
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/noRevision(dataset:number:)``.
  public func changes(
    of dataset: String, from before: Int, to after: Int? = nil, _ body: (ItemChange) throws -> Void
  ) throws {
    try snapshot {
      let (before, after) = try (scope(of: dataset, at: before), scope(of: dataset, at: after))
      let sql = """
        SELECT item.id, item.external_id
        FROM item
        LEFT JOIN item_state AS old ON old.item = item.id AND \(stands("old"))
        LEFT JOIN item_state AS new ON new.item = item.id AND \(stands("new", at: "?3"))
        WHERE item.dataset = ?1 AND (old.content IS NOT new.content OR old.metadata IS NOT new.metadata
          OR \(hasAnswer(at: "?2", unlikeAt: "?3")) OR \(hasAnswer(at: "?3", unlikeAt: "?2")))
        ORDER BY item.external_id
        """
      let parameters: [SQLValue] = [
        .integer(before.dataset), .integer(before.revision), .integer(after.revision),
      ]
      try connection.rows(sql, parameters) { row in
        let (number, id) = (row.integer(0), row.text(1))
        try body(
          ItemChange(
            before: item(number, named: id, at: before.revision),
            after: item(number, named: id, at: after.revision)))
      }
    }
  }

  /// The SQL condition that an item had, at one revision, an answer that it does not have at another.
  private func hasAnswer(at one: String, unlikeAt other: String) -> String {
    """
    EXISTS (
      SELECT 1 FROM label WHERE label.item = item.id AND \(stands("label", at: one)) AND NOT EXISTS (
        SELECT 1 FROM label AS answer
        WHERE answer.item = item.id AND answer.task = label.task AND answer.value IS label.value
          AND \(stands("answer", at: other))))
    """
  }

  /// What an item held at a revision; nil where it was not there.
  private func item(_ number: Int64, named id: String, at revision: Int) throws -> Item? {
    let found = try connection.first(
      """
      SELECT content.text, item_state.metadata
      FROM item_state JOIN content ON content.id = item_state.content
      WHERE item_state.item = ?1 AND \(stands("item_state"))
      """, .integer(number), .integer(revision)
    ) { Item(id: id, text: $0.text(0), metadata: $0.text(1)) }
    guard var item = found else { return nil }
    let labels = try connection.all(
      """
      SELECT task.name, task.kind, label.value FROM label JOIN task ON task.id = label.task
      WHERE label.item = ?1 AND \(stands("label"))
      """, .integer(number), .integer(revision)
    ) { row in
      let task = row.text(0)
      return (task, try self.label(row.value(2), kind: self.kind(row.text(1)), of: id, for: task))
    }
    item.labels = try Dictionary(labels) { _, _ in
      throw StoreError.damaged(path: path, what: "item “\(id)” answers a task twice at revision \(revision)")
    }
    return item
  }
}
