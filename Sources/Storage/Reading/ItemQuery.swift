/// A dataset and one of its revisions, by their numbers.
struct DatasetScope {
  let dataset: Int64
  let revision: Int
}

/// The SQL that lists items, and the reading of its rows. `?1` is the dataset and `?2` the revision.
struct ItemQuery {
  static let labelColumn = 4
  private static let textColumn = 5

  let sql: String
  let parameters: [SQLValue]
  private let withText: Bool

  init(
    _ scope: DatasetScope, answering task: TaskRecord? = nil, filter: ItemFilter?, withText: Bool,
    in store: StoreReader
  ) throws {
    var condition = FilterSQL(scope)
    // CROSS JOIN keeps the order of the loops, and with it the order of the ids.
    var sql = """
      SELECT item.external_id, content.id, content.digest, item_state.metadata,
        \(task == nil ? "NULL" : "label.value"), \(withText ? "content.text" : "NULL")
      FROM item
      CROSS JOIN item_state ON item_state.item = item.id AND \(stands("item_state"))
      CROSS JOIN content ON content.id = item_state.content
      """
    if let task {
      let parameter = condition.bind(.integer(task.id))
      sql += "\nCROSS JOIN label ON label.item = item.id AND label.task = \(parameter) AND \(stands("label"))"
    }
    sql += "\nWHERE item.dataset = ?1"
    if let filter { sql += " AND " + (try condition.sql(of: filter, in: store)) }
    self.sql = sql + "\nORDER BY item.external_id"
    self.parameters = condition.parameters
    self.withText = withText
  }

  func item(_ row: Statement) throws -> StoredItem {
    StoredItem(
      id: row.text(0), content: row.integer(1), digest: try row.digest(2), metadata: row.text(3),
      text: withText ? row.text(ItemQuery.textColumn) : nil)
  }
}
