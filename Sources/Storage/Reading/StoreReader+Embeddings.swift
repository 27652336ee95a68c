public import Digests

extension StoreReader {
  /// Which of `digests` the backbone has embedded already.
  public func embeddedContents(
    among digests: some Sequence<SHA256Digest>, by backbone: BackboneRecord
  ) throws -> Set<SHA256Digest> {
    try snapshot {
      var found = Set<SHA256Digest>()
      try connection.rows(
        """
        SELECT content.digest FROM content JOIN embedding ON embedding.id = \(backbone.id << 40) | content.id
        WHERE content.digest
        """, in: digests.sorted().map { .digest($0) }
      ) { found.insert(try $0.digest(0)) }
      return found
    }
  }

  /// Which of `contents` the backbone has embedded already.
  public func embeddedContents(
    among contents: some Sequence<Int64>, by backbone: BackboneRecord
  ) throws -> Set<Int64> {
    let first = backbone.embeddingIDs.lowerBound
    let keys = contents.map { first | $0 }.sorted().map { SQLValue.integer($0) }
    return try snapshot {
      var found = Set<Int64>()
      try connection.rows("SELECT id FROM embedding WHERE id", in: keys) {
        found.insert($0.integer(0) ^ first)
      }
      return found
    }
  }

  /// What the backbone made of the content with this digest; nil where it has not embedded it.
  ///
  /// - Throws: ``StoreError/damagedVector(backbone:content:reason:)``.
  public func vector(of digest: SHA256Digest, by backbone: BackboneRecord) throws -> [Float]? {
    try connection.first(
      """
      SELECT \(EmbeddingRow.columns)
      FROM content JOIN embedding ON embedding.id = (?2 << 40) | content.id WHERE content.digest = ?1
      """, .digest(digest), .integer(backbone.id)
    ) {
      let row = EmbeddingRow($0)
      try backbone.check(row)
      return row.vector.withMemoryRebound(to: Float.self) { Array($0) }
    }
  }

  /// How far the backbone has read the items of a dataset at a revision.
  public func coverage(
    of dataset: String, at revision: Int? = nil, by backbone: BackboneRecord
  ) throws -> EmbeddingCoverage {
    try snapshot {
      let scope = try scope(of: dataset, at: revision)
      let sql = """
        SELECT count(*), count(embedding.id), total(embedding.tokens), total(embedding.truncated)
        FROM item
        JOIN item_state ON item_state.item = item.id AND \(stands("item_state"))
        LEFT JOIN embedding ON embedding.id = (?3 << 40) | item_state.content
        WHERE item.dataset = ?1
        """
      let found = try connection.first(
        sql, .integer(scope.dataset), .integer(scope.revision), .integer(backbone.id)
      ) {
        EmbeddingCoverage(
          items: $0.int(0), embedded: $0.int(1), tokens: $0.int(2), truncated: $0.int(3))
      }
      return found ?? EmbeddingCoverage(items: 0, embedded: 0, tokens: 0, truncated: 0)
    }
  }

  /// The numbers of up to `count` contents that the backbone has embedded, chosen at random, in their order.
  public func embeddedContents(sampling count: Int, by backbone: BackboneRecord) throws -> [Int64] {
    try snapshot {
      let (first, last) = (backbone.embeddingIDs.lowerBound, backbone.embeddingIDs.upperBound)
      let bounds = try connection.first(
        "SELECT min(id), max(id) FROM embedding WHERE id BETWEEN ? AND ?", .integer(first), .integer(last)
      ) { $0.isNull(0) ? nil : $0.integer(0)...$0.integer(1) }
      guard let bounds = bounds ?? nil else { return [] }
      var chosen = Set<Int64>()
      for _ in 0..<count {
        let found = try connection.first(
          "SELECT id FROM embedding WHERE id >= ? ORDER BY id LIMIT 1", .integer(Int64.random(in: bounds))
        ) { $0.integer(0) }
        if let found { chosen.insert(found &- first) }
      }
      return chosen.sorted()
    }
  }
}
