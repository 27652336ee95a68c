internal import Digests

extension StoreReader {
  /// Reads the whole store and calls `body` with each problem: pages and indexes that contradict each other, references that lead
  /// nowhere, aliases of no version among them, texts that are not what their digests name, vectors that are not what their checksums
  /// name, vectors that a head was trained on and that are not there, indexes that are not as they were written, and what is said of versions that never were.
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
        try damagedVectors(telling: { progress(0.4 + 0.6 * $0) }) { _, error, isLost in
          try body(
            StoreProblem(
              "\(error)",
              remedy: isLost
                ? "firn verify --repair makes it again, or removes one that was imported" : Self.backup))
        }
      }
      try reportingDamage(to: body) { try checkNeeded(body) }
      try reportingDamage(to: body) {
        try damagedIndexes { try body(StoreProblem("\($0)", remedy: "firn index build makes it anew")) }
      }
      try reportingDamage(to: body) { try checkHeads(body) }
      progress(1)
    }
  }

  /// Calls `body` with the key of each vector that is not as it was written, what is wrong with it, and whether it is lost: one that
  /// only does not fit its backbone's row may be right, and the row wrong.
  func damagedVectors(
    telling progress: (Double) -> Void = { _ in },
    _ body: (_ id: Int64, _ error: StoreError, _ isLost: Bool) throws -> Void
  ) throws {
    // In a damaged file one row may come twice.
    let backbones = Dictionary(try self.backbones().map { ($0.id, $0) }) { first, _ in first }
    let last = try connection.first("SELECT max(id) FROM embedding") { $0.integer(0) } ?? 0
    let sql = """
      SELECT \(EmbeddingRow.columns), content.id
      FROM embedding LEFT JOIN content ON content.id = embedding.id & 1099511627775
      """
    var read = 0
    try connection.rows(sql) {
      let row = EmbeddingRow($0)
      let (id, content) = (row.id, row.id & BackboneRecord.contentMask)
      read += 1
      if read % 4096 == 0 { progress(Double(id) / Double(max(1, last))) }
      func damaged(_ backbone: String, _ reason: String) -> StoreError {
        .damagedVector(backbone: backbone, content: content, reason: reason)
      }
      let name = backbones[id >> 40]?.name ?? "number \(id >> 40)"
      let bytes = row.vector.count
      if !row.isIntact {
        try body(id, damaged(name, "its checksum does not fit"), true)
      } else if $0.isNull(5) {
        try body(id, damaged(name, "its text is not there"), true)
      } else if backbones[id >> 40] == nil {
        try body(id, damaged(name, "there is no such backbone"), false)
      } else if let backbone = backbones[id >> 40], bytes != backbone.dimension * MemoryLayout<Float>.size {
        try body(
          id, damaged(name, "it has \(bytes) bytes, and its backbone the dimension \(backbone.dimension)"),
          false)
      }
    }
  }

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

  private func checkNeeded(_ body: (StoreProblem) throws -> Void) throws {
    for backbone in try backbones() {
      let missing = try missingContents(of: backbone).count
      guard missing > 0 else { continue }
      try body(
        StoreProblem(
          "\(missing) vectors of the backbone “\(backbone.name)”, which heads were trained or measured on, are missing",
          remedy: "firn verify --repair makes them again; imported ones must be imported again"))
    }
  }

  static let backup = "restore a backup, or extract into a new store"

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
