internal import Datasets

extension StoreReader {
  /// The revisions, as spans of their numbers, at which the item of a dataset with this name held what `item` holds, labels and all; for
  /// nil those at which it was not there.
  func spans(of name: String, in dataset: Int64, holding item: Item?) throws -> [Range<Int>] {
    let always = 0..<Int.max
    guard let number = try connection.item(name, in: dataset) else { return item == nil ? [always] : [] }
    let changes = try connection.all(
      """
      SELECT since FROM item_state WHERE item = ?1 UNION SELECT until FROM item_state WHERE item = ?1
      UNION SELECT since FROM label WHERE item = ?1 UNION SELECT until FROM label WHERE item = ?1
      """, .integer(number)
    ) { $0.int(0) }
    // What lasts ends with NULL, which reads as 0.
    let bounds =
      [always.lowerBound] + changes.filter { $0 > 0 && $0 < Int.max }.sorted() + [always.upperBound]
    return try zip(bounds, bounds.dropFirst()).filter { begin, _ in
      try isSame(self.item(number, named: name, at: begin), item)
    }.map { $0..<$1 }
  }
}

/// Whether both items hold the same bytes; to `String`, “é” and “e + ´” are one.
private func isSame(_ left: Item?, _ right: Item?) -> Bool {
  guard let left, let right else { return left == nil && right == nil }
  return left.text.utf8.elementsEqual(right.text.utf8)
    && left.metadata.utf8.elementsEqual(right.metadata.utf8)
    && left.labels.mapValues { $0?.sqlValue } == right.labels.mapValues { $0?.sqlValue }
}
