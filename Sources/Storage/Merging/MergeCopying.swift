internal import Datasets
internal import Digests

/// Copies the rows of another store that have numbers of their own here: tasks, revisions, versions of heads. To be used within one
/// transaction.
struct MergeCopying {
  let source: StoreReader
  let target: Connection

  init(from source: StoreReader, to target: Connection) {
    (self.source, self.target) = (source, target)
  }

  /// The tasks that are not here.
  func tasks() throws {
    for task in try source.tasks() {
      try target.run(
        "INSERT INTO task (name, kind) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", .text(task.name),
        .text(task.kind.rawValue))
    }
  }

  /// The revisions of a dataset behind number `common`, with the states and labels that begin or end with them. The contents are here.
  func revisions(of dataset: String, behind common: Int) throws {
    let theirs = try source.datasetID(dataset)
    try source.connection.rows("SELECT name, created FROM dataset WHERE id = ?", [.integer(theirs)]) { row in
      try target.run(
        "INSERT INTO dataset (name, created) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", .text(row.text(0)),
        .text(row.text(1)))
    }
    let ours = try number("SELECT id FROM dataset WHERE name = ?", dataset)
    let behind: [SQLValue] = [.integer(theirs), .integer(common)]
    try copy(
      """
      SELECT number, command, created, state, added, changed, removed FROM revision
      WHERE dataset = ?1 AND number > ?2
      """, behind, columns: 7,
      as: """
        INSERT INTO revision (dataset, number, command, created, state, added, changed, removed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, with: [.integer(ours)])
    try states(behind, of: ours, common)
    try labels(behind, of: ours, common)
  }

  private func states(_ behind: [SQLValue], of dataset: Int64, _ common: Int) throws {
    let sql = """
      SELECT item.external_id, content.digest, item_state.since, item_state.until, item_state.metadata
      FROM item CROSS JOIN item_state ON item_state.item = item.id
      CROSS JOIN content ON content.id = item_state.content
      WHERE item.dataset = ?1 AND (item_state.since > ?2 OR item_state.until > ?2)
      ORDER BY item.external_id, item_state.since
      """
    try source.connection.rows(sql, behind) { row in
      let id = try target.addItem(row.text(0), in: dataset).id
      if row.int(2) <= common {
        let ended = try target.run(
          "UPDATE item_state SET until = ? WHERE item = ? AND until IS NULL", row.value(3), .integer(id))
        return try check(ended, row.text(0))
      }
      guard let content = try target.content(row.digest(1)) else {
        throw StoreError.notFound(what: "content", name: try row.digest(1).hex, near: [])
      }
      try target.run(
        "INSERT INTO item_state (item, since, until, content, metadata) VALUES (?, ?, ?, ?, ?)", .integer(id),
        row.value(2), row.value(3), .integer(content), row.value(4))
    }
  }

  private func labels(_ behind: [SQLValue], of dataset: Int64, _ common: Int) throws {
    let sql = """
      SELECT item.external_id, task.name, label.since, label.until, label.value
      FROM item CROSS JOIN label ON label.item = item.id CROSS JOIN task ON task.id = label.task
      WHERE item.dataset = ?1 AND (label.since > ?2 OR label.until > ?2)
      ORDER BY item.external_id, label.since
      """
    try source.connection.rows(sql, behind) { row in
      let id = try target.addItem(row.text(0), in: dataset).id
      let task = try number("SELECT id FROM task WHERE name = ?", row.text(1))
      if row.int(2) <= common {
        let ended = try target.run(
          "UPDATE label SET until = ? WHERE item = ? AND task = ? AND until IS NULL", row.value(3),
          .integer(id), .integer(task))
        try check(ended, row.text(0))
      } else {
        try target.run(
          "INSERT INTO label (item, task, since, until, value) VALUES (?, ?, ?, ?, ?)", .integer(id),
          .integer(task), row.value(2), row.value(3), row.value(4))
      }
    }
  }

  /// What ends there must stand here, once.
  private func check(_ ended: Int, _ item: String) throws {
    guard ended == 1 else {
      throw StoreError.damaged(path: source.path, what: "what item “\(item)” held ends, but never began here")
    }
  }

  /// Runs `insertion` with each row of a query in the source, behind `first`; how many rows there were.
  @discardableResult
  func copy(
    _ query: String, _ values: [SQLValue], columns: Int, as insertion: String, with first: [SQLValue]
  ) throws -> Int {
    var count = 0
    try target.withStatement(insertion) { statement in
      try source.connection.rows(query, values) { row in
        try statement.bind(first + (0..<columns).map(row.value))
        try statement.run()
        count += 1
      }
    }
    return count
  }

  func number(_ sql: String, _ name: String) throws -> Int64 {
    guard let number = try target.first(sql, .text(name), row: { $0.integer(0) }) else {
      throw StoreError.notFound(what: "row", name: name, near: [])
    }
    return number
  }
}
