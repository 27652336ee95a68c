public import Digests

/// A backbone as the store knows it.
public struct BackboneRecord: Hashable, Sendable {
  /// The number that its embeddings' keys begin with.
  public let id: Int64
  /// What people call it.
  public let name: String
  /// The digest of all that decides its output.
  public let fingerprint: SHA256Digest
  /// The length of its vectors.
  public let dimension: Int
  /// The model directory.
  public let location: String
  /// What it consists of, as a JSON object.
  public let manifest: String
  /// When it was added: ISO 8601, UTC.
  public let created: String

  /// The keys that its embeddings can have: content 0 is none.
  var embeddingIDs: ClosedRange<Int64> { id << 40...(id << 40 | Self.contentMask) }

  /// What of an embedding's key is the content's number.
  static var contentMask: Int64 { 1 << 40 - 1 }

  /// What the columns can hold: 23 bits of an embedding's key, and as many floats as SQLite's largest BLOB has.
  private static let (ids, dimensions) = (Int64(1)...8_388_607, 1...250_000_000)

  static let columns = "id, name, fingerprint, dimension, location, manifest, created"

  init(_ row: Statement) throws {
    id = row.integer(0)
    name = row.text(1)
    fingerprint = try row.digest(2)
    dimension = row.int(3)
    location = row.text(4)
    manifest = row.text(5)
    created = row.text(6)
    guard Self.ids.contains(id), Self.dimensions.contains(dimension) else {
      throw row.damage("the backbone “\(name)” with the number \(id) and the dimension \(dimension)")
    }
  }
}
