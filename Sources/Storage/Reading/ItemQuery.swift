/// A dataset and one of its revisions, by their numbers.
struct DatasetScope {
  let dataset: Int64
  let revision: Int
}

/// The SQL that lists items in the order of the bytes of their ids. `?1` is the dataset and `?2` the revision.
struct ItemQuery {
  let sql: String
  let parameters: [SQLValue]

  /// The reading of `columns`, which are of `item` and `item_state`; with content, of `content` as well; and, where a task is to be
  /// answered, of `label`: items without an answer are then left out.
  init(
    _ columns: String, in scope: DatasetScope, withContent: Bool, answering task: TaskRecord? = nil,
    filter: ItemFilter?, from store: StoreReader
  ) throws {
    var condition = FilterSQL(scope)
    // CROSS JOIN keeps the order of the loops, and with it the order of the ids.
    var sql = """
      SELECT \(columns)
      FROM item
      CROSS JOIN item_state ON item_state.item = item.id AND \(stands("item_state"))
      """
    if withContent { sql += "\nCROSS JOIN content ON content.id = item_state.content" }
    if let task {
      let parameter = condition.bind(.integer(task.id))
      sql += "\nCROSS JOIN label ON label.item = item.id AND label.task = \(parameter) AND \(stands("label"))"
    }
    sql += "\nWHERE item.dataset = ?1"
    if let filter { sql += " AND " + (try condition.sql(of: filter, in: store)) }
    self.sql = sql + "\nORDER BY item.external_id"
    self.parameters = condition.parameters
  }
}
