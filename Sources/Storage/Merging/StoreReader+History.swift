public import Digests

/// What a dataset went through, so that two stores can be compared: of each revision, the digest of all that changed with it.
/// When it was made, and by what, makes no difference.
struct DatasetHistory: Equatable {
  let revisions: [Int]
  let digests: [SHA256Digest]

  /// How many revisions both have in common from the first on.
  func common(with other: DatasetHistory) -> Int {
    zip(zip(revisions, digests), zip(other.revisions, other.digests)).prefix { $0 == $1 }.count
  }
}

extension StoreReader {
  /// What a dataset went through. Reads every state and label once.
  func history(of dataset: String) throws -> DatasetHistory {
    let id = try datasetID(dataset)
    let revisions = try connection.all(
      "SELECT number FROM revision WHERE dataset = ? ORDER BY number", .integer(id)
    ) { $0.int(0) }
    var hashers = [SHA256](repeating: SHA256(), count: revisions.count)
    /// What changed with a revision that was forgotten counts for the next one that is kept.
    func index(_ revision: Int) -> Int {
      var (low, high) = (0, revisions.count)
      while low < high {
        let middle = (low + high) / 2
        if revisions[middle] < revision { low = middle + 1 } else { high = middle }
      }
      return low
    }
    /// Tells of a span of revisions; one that no kept revision lies in is no more seen.
    func add(_ row: Statement, begins: [String], ends: [String]) {
      let begin = index(row.int(1))
      let end = row.isNull(2) ? revisions.count : index(row.int(2))
      guard begin < end else { return }
      hashers[begin].add(begins)
      if end < revisions.count { hashers[end].add(ends) }
    }
    // In the order of ids and tasks, which is the same in every store.
    try connection.rows(
      """
      SELECT item.external_id, item_state.since, item_state.until, content.digest, item_state.metadata
      FROM item CROSS JOIN item_state ON item_state.item = item.id
      CROSS JOIN content ON content.id = item_state.content
      WHERE item.dataset = ? ORDER BY item.external_id, item_state.since
      """, [.integer(id)]
    ) { row in
      let id = row.text(0)
      add(row, begins: ["item", id, try row.digest(3).hex, row.text(4)], ends: ["ended", id])
    }
    try connection.rows(
      """
      SELECT item.external_id, label.since, label.until, task.name, quote(label.value)
      FROM item CROSS JOIN label ON label.item = item.id CROSS JOIN task ON task.id = label.task
      WHERE item.dataset = ? ORDER BY item.external_id, task.name, label.since
      """, [.integer(id)]
    ) { row in
      let (id, task) = (row.text(0), row.text(3))
      add(row, begins: ["label", id, task, row.text(4)], ends: ["unlabelled", id, task])
    }
    return DatasetHistory(revisions: revisions, digests: hashers.map { $0.finalize() })
  }

  /// A digest of all that the datasets went through, by which stores can be put into an order that does not depend on their names.
  public func historyDigest() throws -> SHA256Digest {
    try snapshot {
      var hasher = SHA256()
      for dataset in try datasets() {
        hasher.add([dataset.name] + (try history(of: dataset.name).digests.map(\.hex)))
      }
      return hasher.finalize()
    }
  }
}

extension SHA256 {
  fileprivate mutating func add(_ fields: [String]) {
    // Lengths keep neighbouring fields apart.
    update(fields.count)
    for field in fields {
      update(field.utf8.count)
      update(field)
    }
  }
}
