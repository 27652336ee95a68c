internal import Datasets

extension StoreReader {
  /// Whether the item with this number held, at some revision, what `item` holds; with nil, whether it was ever gone again.
  func onceHeld(_ item: Item?, as number: Int64, named id: String) throws -> Bool {
    let revisions = try connection.all(
      """
      SELECT since FROM item_state WHERE item = ?1 UNION SELECT until FROM item_state WHERE item = ?1
      UNION SELECT since FROM label WHERE item = ?1 UNION SELECT until FROM label WHERE item = ?1
      """, .integer(number)
    ) { $0.isNull(0) ? nil : $0.int(0) }
    return try revisions.contains { revision in
      guard let revision else { return false }
      switch (try self.item(number, named: id, at: revision), item) {
      case (nil, nil): return true
      case (let past?, let item?):
        return past.text.utf8.elementsEqual(item.text.utf8)
          && past.metadata.utf8.elementsEqual(item.metadata.utf8) && past.labels == item.labels
      default: return false
      }
    }
  }
}
