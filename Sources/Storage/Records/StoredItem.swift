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
}
