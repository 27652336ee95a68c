public import Datasets

extension StoreReader {
  /// Calls `body` with each item of a dataset, in the order of the bytes of their ids.
  ///
  /// That order is the same in every store that holds the same items. Nothing is gathered: memory stays small whatever
  /// the number of items.
  ///
  /// - Parameters:
  ///   - dataset: the dataset's name.
  ///   - revision: the revision to read; the newest that readers see if it is nil.
  ///   - filter: which items are wanted; all of them if it is nil.
  ///   - withText: whether to read the texts as well.
  ///   - body: takes one item; what it throws ends the reading.
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/noRevision(dataset:number:)``, or a
  ///   ``FilterError`` when the filter names a field or task that is not there.
  public func items(
    of dataset: String, at revision: Int? = nil, where filter: ItemFilter? = nil, withText: Bool = false,
    _ body: (StoredItem) throws -> Void
  ) throws {
    try snapshot {
      let scope = try scope(of: dataset, at: revision)
      let query = try ItemQuery(
        StoredItem.columns(withText: withText), in: scope, withContent: true, filter: filter, from: self)
      try connection.rows(query.sql, query.parameters) { try body(StoredItem($0)) }
    }
  }

  /// Calls `body` with each item of a dataset that answers `task`, and its answer, in the same order as
  /// ``items(of:at:where:withText:_:)``.
  public func labels(
    of dataset: String, task: String, at revision: Int? = nil, where filter: ItemFilter? = nil,
    withText: Bool = false, _ body: (StoredItem, Label) throws -> Void
  ) throws {
    try snapshot {
      let task = try self.task(named: task)
      let scope = try scope(of: dataset, at: revision)
      let query = try ItemQuery(
        StoredItem.columns(withText: withText) + ", label.value", in: scope, withContent: true,
        answering: task, filter: filter, from: self)
      try connection.rows(query.sql, query.parameters) { row in
        let item = try StoredItem(row)
        try body(
          item, label(row.value(StoredItem.columnCount), kind: task.kind, of: item.id, for: task.name))
      }
    }
  }

  /// The label that stands in a column, of a task of `kind`.
  func label(_ value: SQLValue, kind: TaskKind, of item: String, for task: String) throws -> Label {
    guard let label = Label(value, kind: kind) else {
      throw StoreError.damaged(
        path: path, what: "item “\(item)” has no \(kind.rawValue) label for “\(task)”")
    }
    return label
  }

  /// A dataset at a revision that readers may see.
  func scope(of dataset: String, at number: Int?) throws -> DatasetScope {
    guard let number else {
      let newest = try latestRevision(of: dataset)
      return DatasetScope(dataset: newest.datasetID, revision: newest.number)
    }
    let id = try datasetID(dataset)
    let found = try connection.first(
      "SELECT 1 FROM revision WHERE dataset = ? AND number = ? AND state <> 'open'", .integer(id),
      .integer(number)
    ) { _ in true }
    guard found == true else { throw StoreError.noRevision(dataset: dataset, number: number) }
    return DatasetScope(dataset: id, revision: number)
  }
}
