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
    var hashers = Dictionary(uniqueKeysWithValues: revisions.map { ($0, SHA256()) })
    // In the order of ids and tasks, which is the same in every store.
    try connection.rows(
      """
      SELECT item.external_id, item_state.since, item_state.until, content.digest, item_state.metadata
      FROM item CROSS JOIN item_state ON item_state.item = item.id
      CROSS JOIN content ON content.id = item_state.content
      WHERE item.dataset = ? ORDER BY item.external_id, item_state.since
      """, [.integer(id)]
    ) { row in
      let (digest, metadata) = (try row.digest(3), row.text(4))
      hashers[row.int(1)]?.add("item", row.text(0), digest.hex, metadata)
      if !row.isNull(2) { hashers[row.int(2)]?.add("ended", row.text(0)) }
    }
    try connection.rows(
      """
      SELECT item.external_id, label.since, label.until, task.name, quote(label.value)
      FROM item CROSS JOIN label ON label.item = item.id CROSS JOIN task ON task.id = label.task
      WHERE item.dataset = ? ORDER BY item.external_id, task.name, label.since
      """, [.integer(id)]
    ) { row in
      hashers[row.int(1)]?.add("label", row.text(0), row.text(3), row.text(4))
      if !row.isNull(2) { hashers[row.int(2)]?.add("unlabelled", row.text(0), row.text(3)) }
    }
    return DatasetHistory(
      revisions: revisions, digests: revisions.compactMap { hashers[$0]?.finalize() })
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
  fileprivate mutating func add(_ fields: String...) {
    add(fields)
  }

  fileprivate mutating func add(_ fields: [String]) {
    // Lengths keep neighbouring fields apart.
    update(fields.count)
    for field in fields {
      update(field.utf8.count)
      update(field)
    }
  }
}
