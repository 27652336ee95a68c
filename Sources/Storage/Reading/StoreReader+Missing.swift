public import Digests

extension StoreReader {
  /// The contents whose vectors a head version was trained on or adapted to, and that are not there, in their order.
  public func missingContents(of backbone: BackboneRecord) throws -> [Int64] {
    try connection.all(
      """
      SELECT DISTINCT item_state.content
      FROM (
        SELECT DISTINCT version.dataset, version.revision, head.task
        FROM \(NeededRevision.table) AS version
        JOIN head_version ON head_version.id = version.version JOIN head ON head.id = head_version.head
        WHERE head_version.fingerprint = ?1
      ) AS needed
      CROSS JOIN item ON item.dataset = needed.dataset
      CROSS JOIN item_state ON item_state.item = item.id AND \(stands("item_state", at: "needed.revision"))
      CROSS JOIN label ON label.item = item.id AND label.task = needed.task AND \(stands("label", at: "needed.revision"))
      LEFT JOIN embedding ON embedding.id = (?2 << 40) | item_state.content
      WHERE embedding.id IS NULL ORDER BY item_state.content
      """, .digest(backbone.fingerprint), .integer(backbone.id)
    ) { $0.integer(0) }
  }

  /// The texts of those contents that are what their digests name, with these.
  public func soundTexts(of contents: some Sequence<Int64>) throws -> [(digest: SHA256Digest, text: String)] {
    try snapshot {
      try contents.compactMap { content in
        let found = try connection.first(
          "SELECT digest, text FROM content WHERE id = ?", .integer(content)
        ) { (digest: try $0.digest(0), text: $0.text(1)) }
        return found.flatMap { SHA256Digest(of: $0.text) == $0.digest ? $0 : nil }
      }
    }
  }
}
