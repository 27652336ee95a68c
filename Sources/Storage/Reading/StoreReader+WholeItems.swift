public import Datasets

extension StoreReader {
  /// Calls `body` with each item of a dataset as it was read, labels and all, and the number of its content, in the order of the
  /// bytes of their ids. Nothing is gathered.
  ///
  /// - Parameters:
  ///   - dataset: the dataset's name.
  ///   - revision: the revision to read; the newest that readers see if it is nil.
  ///   - filter: which items are wanted; all of them if it is nil.
  ///   - body: takes one item; what it throws ends the reading.
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/noRevision(dataset:number:)``, ``FilterError``.
  public func wholeItems(
    of dataset: String, at revision: Int? = nil, where filter: ItemFilter? = nil,
    _ body: (_ item: Item, _ content: Int64) throws -> Void
  ) throws {
    try snapshot {
      let scope = try scope(of: dataset, at: revision)
      let query = try ItemQuery(
        "item.id, item.external_id, item_state.content", in: scope, withContent: true, filter: filter,
        from: self)
      try connection.rows(query.sql, query.parameters) { row in
        let (number, id, content) = (row.integer(0), row.text(1), row.integer(2))
        if let item = try item(number, named: id, at: scope.revision) { try body(item, content) }
      }
    }
  }

  /// What an item held at a revision; nil where it was not there.
  func item(_ number: Int64, named id: String, at revision: Int) throws -> Item? {
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

  /// Whether an item ever had an answer for a task.
  func hadLabel(_ item: Int64, for task: String) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM label JOIN task ON task.id = label.task WHERE label.item = ? AND task.name = ?",
      .integer(item), .text(task)
    ) { _ in true } ?? false
  }
}
