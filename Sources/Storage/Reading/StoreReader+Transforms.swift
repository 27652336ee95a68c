public import Digests

extension StoreReader {
  /// Every version of every transform, by name and number.
  public func transforms() throws -> [TransformRecord] {
    try connection.all("\(TransformRecord.selection) ORDER BY name, version", row: TransformRecord.init)
  }

  /// A version of a transform; the newest where no number is given.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func transform(named name: String, version: Int? = nil) throws -> TransformRecord {
    let found = try connection.first(
      "\(TransformRecord.selection) WHERE name = ?1 AND version = coalesce(?2, version) ORDER BY version DESC",
      .text(name), version.map { .integer($0) } ?? .null, row: TransformRecord.init)
    if let found { return found }
    guard let version,
      try connection.first("SELECT 1 FROM transform WHERE name = ?", .text(name), row: { _ in true }) != nil
    else { throw try notFound("transform", name, among: "SELECT DISTINCT name FROM transform") }
    throw StoreError.notFound(what: "transform", name: "\(name)@\(version)", near: [])
  }

  /// The first transform of this content, whatever it is called; nil where there is none.
  public func transform(digest: SHA256Digest) throws -> TransformRecord? {
    try connection.first(
      "\(TransformRecord.selection) WHERE digest = ? ORDER BY id", .digest(digest), row: TransformRecord.init)
  }

  /// The weights of a transform: a safetensors file.
  public func weights(of transform: TransformRecord) throws -> [UInt8] {
    let found = try connection.first(
      "SELECT weights FROM transform WHERE name = ? AND version = ?", .text(transform.name),
      .integer(transform.version)
    ) { $0.bytes(0) }
    guard let found else {
      throw StoreError.notFound(what: "transform", name: "\(transform.name)@\(transform.version)", near: [])
    }
    return found
  }

  /// The head versions that were trained through a transform.
  public func headVersions(through transform: SHA256Digest) throws -> [HeadVersionRecord] {
    try connection.all(
      """
      \(HeadVersionRecord.selection)
      WHERE json_extract(head_version.specification, '$.adaptation.transform') = ? ORDER BY head.name, head_version.version
      """, .text(transform.hex), row: HeadVersionRecord.init)
  }
}
