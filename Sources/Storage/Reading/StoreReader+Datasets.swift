public import Datasets

extension StoreReader {
  /// What every dataset holds, by name.
  public func datasets() throws -> [DatasetSummary] {
    try snapshot {
      try connection.all("SELECT name FROM dataset ORDER BY name") { $0.text(0) }.map {
        try dataset(named: $0)
      }
    }
  }

  /// What the dataset called `name` holds at a revision; at its newest readable one if that is nil. Counts its items.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/noRevision(dataset:number:)``.
  public func dataset(named name: String, at number: Int? = nil) throws -> DatasetSummary {
    try snapshot {
      let id = try datasetID(name)
      let created = try connection.first("SELECT created FROM dataset WHERE id = ?", .integer(id)) {
        $0.text(0)
      }
      let revision =
        if let number {
          try scope(of: name, at: number).revision
        } else {
          try connection.first("SELECT number FROM current_revision WHERE dataset = ?", .integer(id)) {
            $0.int(0)
          }
        }
      let items = try connection.first(
        """
        SELECT count(*) FROM item JOIN item_state ON item_state.item = item.id AND \(stands("item_state"))
        WHERE item.dataset = ?1
        """, .integer(id), .integer(revision ?? 0)
      ) { $0.int(0) }
      let tasks = try connection.all(
        """
        SELECT task.name, task.kind, count(*)
        FROM item
        JOIN item_state ON item_state.item = item.id AND \(stands("item_state"))
        JOIN label ON label.item = item.id AND \(stands("label"))
        JOIN task ON task.id = label.task
        WHERE item.dataset = ?1 GROUP BY task.id ORDER BY task.name
        """, .integer(id), .integer(revision ?? 0)
      ) {
        DatasetSummary.TaskCoverage(task: $0.text(0), kind: try self.kind($0.text(1)), items: $0.int(2))
      }
      return DatasetSummary(
        name: name, created: created ?? "", revision: revision, items: items ?? 0, tasks: tasks)
    }
  }

  /// Every revision of a dataset, the newest first, the open one included.
  public func revisions(of dataset: String) throws -> [Revision] {
    try connection.all(
      "\(Revision.selection) WHERE revision.dataset = ? ORDER BY revision.number DESC",
      .integer(try datasetID(dataset)), row: Revision.init)
  }

  /// The newest revision that readers see.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``; ``StoreError/noRevision(dataset:number:)`` while the first
  ///   one is written.
  public func latestRevision(of dataset: String) throws -> Revision {
    let found = try connection.first(
      "\(Revision.selection) WHERE revision.dataset = ? AND revision.state <> 'open' ORDER BY revision.number DESC",
      .integer(try datasetID(dataset)), row: Revision.init)
    guard let found else { throw StoreError.noRevision(dataset: dataset, number: 0) }
    return found
  }

  /// Every task, by name.
  public func tasks() throws -> [TaskRecord] {
    try connection.all("SELECT name, kind, id FROM task ORDER BY name") {
      TaskRecord(name: $0.text(0), kind: try self.kind($0.text(1)), id: $0.integer(2))
    }
  }

  /// The task called `name`.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func task(named name: String) throws -> TaskRecord {
    let found = try connection.first("SELECT name, kind, id FROM task WHERE name = ?", .text(name)) {
      TaskRecord(name: $0.text(0), kind: try self.kind($0.text(1)), id: $0.integer(2))
    }
    guard let found else { throw try notFound("task", name, among: "SELECT name FROM task") }
    return found
  }

  /// The kind of every task by its name: what an item's labels must fit before they are written.
  public func taskKinds() throws -> [String: TaskKind] {
    Dictionary(try tasks().map { ($0.name, $0.kind) }) { first, _ in first }
  }

  /// The number of a dataset in this store.
  func datasetID(_ name: String) throws -> Int64 {
    let id = try connection.first("SELECT id FROM dataset WHERE name = ?", .text(name)) { $0.integer(0) }
    guard let id else { throw try notFound("dataset", name, among: "SELECT name FROM dataset") }
    return id
  }

  /// The kind of task that a column names.
  func kind(_ text: String) throws -> TaskKind {
    guard let kind = TaskKind(rawValue: text) else {
      throw StoreError.damaged(path: path, what: "a task of the kind “\(text)”")
    }
    return kind
  }
}

/// The SQL condition that a row of `table` stands at a revision.
func stands(_ table: String, at revision: String = "?2") -> String {
  "\(table).since <= \(revision) AND (\(table).until IS NULL OR \(table).until > \(revision))"
}
