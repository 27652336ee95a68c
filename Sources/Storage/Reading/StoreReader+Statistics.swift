extension StoreReader {
  /// What the store holds, and how much of it nothing needs. Counts every row.
  public func statistics() throws -> StoreStatistics {
    func number(_ sql: String, _ values: SQLValue...) throws -> Int {
      var found = 0
      try connection.rows(sql, values) { found = $0.int(0) }
      return found
    }
    return try snapshot {
      let pageSize = try number("PRAGMA page_size")
      let backbones = try self.backbones().map { backbone in
        let first = SQLValue.integer(backbone.id << 40)
        let vectors = try number(
          "SELECT count(*) FROM embedding WHERE id BETWEEN ?1 AND ?1 | 1099511627775", first)
        return StoreStatistics.Backbone(
          name: backbone.name, vectors: vectors,
          bytes: vectors * backbone.dimension * MemoryLayout<Float>.size,
          unheld: try number(
            "SELECT count(*) FROM content JOIN embedding ON embedding.id = ?1 | content.id WHERE \(contentIsUnheld)",
            first))
      }
      return StoreStatistics(
        bytes: try number("PRAGMA page_count") * pageSize,
        freeBytes: try number("PRAGMA freelist_count") * pageSize,
        datasets: try number("SELECT count(*) FROM dataset"), items: try number("SELECT count(*) FROM item"),
        labels: try number("SELECT count(*) FROM label"), texts: try number("SELECT count(*) FROM content"),
        unheldTexts: try number("SELECT count(*) FROM content WHERE \(contentIsUnheld)"),
        headVersions: try number("SELECT count(*) FROM head_version"), backbones: backbones)
    }
  }
}

/// The SQL condition that no revision of any dataset holds a row of `content`.
let contentIsUnheld = "NOT EXISTS (SELECT 1 FROM item_state WHERE item_state.content = content.id)"
