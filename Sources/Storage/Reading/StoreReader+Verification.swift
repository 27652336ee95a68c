internal import Digests

extension StoreReader {
  /// Reads the whole store and calls `body` with each problem: pages and indexes that contradict each other, references that lead
  /// nowhere, texts that are not what their digests name, vectors that are not what their checksums name.
  ///
  /// - Parameters:
  ///   - progress: Told about which share was read.
  ///   - body: Takes one problem; what it throws ends the reading.
  /// - Throws: ``StoreError`` when reading fails for another reason than damage.
  public func problems(
    telling progress: (Double) -> Void = { _ in }, _ body: (StoreProblem) throws -> Void
  ) throws {
    try snapshot {
      try reportingDamage(to: body) { try checkPages(body) }
      progress(0.1)
      try reportingDamage(to: body) { try checkReferences(body) }
      progress(0.2)
      try reportingDamage(to: body) { try checkContents(body) }
      progress(0.4)
      try reportingDamage(to: body) {
        try damagedVectors(telling: { progress(0.4 + 0.6 * $0) }) { _, error in
          try body(
            StoreProblem(
              "\(error)", remedy: "firn verify --repair removes it; then extract its dataset again"))
        }
      }
      progress(1)
    }
  }

  /// Calls `body` with the key of each vector that is not as it was written, and what is wrong with it.
  func damagedVectors(
    telling progress: (Double) -> Void = { _ in }, _ body: (Int64, StoreError) throws -> Void
  ) throws {
    // In a damaged file one row may come twice.
    let backbones = Dictionary(try self.backbones().map { ($0.id, $0) }) { first, _ in first }
    let last = try connection.first("SELECT max(id) FROM embedding") { $0.integer(0) } ?? 0
    let sql = """
      SELECT embedding.id, vector, tokens, truncated, checksum, content.id
      FROM embedding LEFT JOIN content ON content.id = embedding.id & 1099511627775
      """
    var read = 0
    try connection.rows(sql) { row in
      let (id, content) = (row.integer(0), row.integer(0) & Self.contentMask)
      read += 1
      if read % 4096 == 0 { progress(Double(id) / Double(max(1, last))) }
      guard let backbone = backbones[id >> 40] else {
        return try body(
          id,
          .damagedVector(
            backbone: "number \(id >> 40)", content: content, reason: "there is no such backbone"))
      }
      let reason: String? = row.withBytes(1) { vector in
        if vector.count != backbone.dimension * MemoryLayout<Float>.size {
          return "it has \(vector.count) bytes"
        }
        let checksum = embeddingChecksum(
          id: id, tokens: row.integer(2), truncated: row.integer(3), vector: vector)
        return Int64(checksum) == row.integer(4) ? nil : "its checksum does not fit"
      }
      if let reason = reason ?? (row.isNull(5) ? "its text is not there" : nil) {
        try body(id, .damagedVector(backbone: backbone.name, content: content, reason: reason))
      }
    }
  }

  private static var contentMask: Int64 { 1 << 40 - 1 }

  /// Runs a check. One that cannot go on, for a page or row that it needs is damaged, has found that.
  private func reportingDamage(to body: (StoreProblem) throws -> Void, _ check: () throws -> Void) throws {
    do {
      try check()
    } catch StoreError.sqlite(let code, let message, _) where code & 0xff == 11 {  // SQLITE_CORRUPT
      try body(StoreProblem("the file is damaged: \(message)", remedy: Self.backup))
    } catch StoreError.damaged(_, let what) {
      try body(StoreProblem("the file is damaged: \(what)", remedy: Self.backup))
    }
  }

  private static let backup = "restore a backup, or extract into a new store"

  private func checkPages(_ body: (StoreProblem) throws -> Void) throws {
    try connection.rows("PRAGMA integrity_check(100)") { row in
      let found = row.text(0)
      if found != "ok" { try body(StoreProblem("the file is damaged: \(found)", remedy: Self.backup)) }
    }
  }

  private func checkReferences(_ body: (StoreProblem) throws -> Void) throws {
    try connection.rows("PRAGMA foreign_key_check") { row in
      let place = row.isNull(1) ? row.text(0) : "row \(row.integer(1)) of \(row.text(0))"
      try body(
        StoreProblem("\(place) refers to a \(row.text(2)) that is not there", remedy: Self.backup))
    }
  }

  private func checkContents(_ body: (StoreProblem) throws -> Void) throws {
    try connection.rows("SELECT id, digest, text FROM content") { row in
      guard try row.digest(1) != SHA256Digest(of: row.text(2)) else { return }
      try body(
        StoreProblem(
          "the text of content \(row.integer(0)) is not what its digest names", remedy: Self.backup))
    }
  }
}
