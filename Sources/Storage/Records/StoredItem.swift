public import Digests

/// An item as it stands at a revision.
public struct StoredItem: Hashable, Sendable {
  /// The name by which the dataset knows it.
  public let id: String
  /// The number of its content in this store, by which vectors are asked for.
  public let content: Int64
  /// The digest of its content, the same in every store.
  public let digest: SHA256Digest
  /// Its other fields, as a JSON object with sorted keys.
  public let metadata: String
  /// What is embedded; nil unless it was asked for.
  public let text: String?

  /// Of `item`, `item_state` and `content`; how many there are.
  static func columns(withText: Bool) -> String {
    "item.external_id, content.id, content.digest, item_state.metadata, \(withText ? "content.text" : "NULL")"
  }
  static let columnCount = 5

  init(_ row: Statement) throws {
    id = row.text(0)
    content = row.integer(1)
    digest = try row.digest(2)
    metadata = row.text(3)
    text = row.isNull(4) ? nil : row.text(4)
  }
}
