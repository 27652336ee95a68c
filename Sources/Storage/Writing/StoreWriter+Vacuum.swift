/// What a vacuum freed.
public struct VacuumSummary: Sendable, Hashable, Codable {
  /// Contents that no revision of any dataset holds.
  public internal(set) var contents = 0
  /// Their vectors.
  public internal(set) var vectors = 0
  /// By how many bytes the file is smaller.
  public internal(set) var bytes = 0
}

extension StoreWriter {
  /// Frees the contents that no revision of any dataset holds, with their vectors, and gives the file's free pages back.
  ///
  /// What a head version was trained on stays: its dataset cannot be removed before it. Steps are small transactions, so memory stays
  /// small, and one that is interrupted goes on when it is run again.
  ///
  /// - Parameters:
  ///   - overwrites: Whether what is freed is overwritten with zeros in the file.
  ///   - onStep: Told after each step which share of the contents was looked at.
  /// - Returns: What was freed.
  /// - Throws: ``StoreError`` when the file cannot be written.
  public func vacuum(
    overwriting overwrites: Bool = false, onStep: (Double) -> Void = { _ in }
  ) throws -> VacuumSummary {
    var summary = VacuumSummary()
    let before = try size()
    try connection.execute("PRAGMA secure_delete = \(overwrites ? "ON" : "OFF")")
    let last = try connection.first("SELECT max(id) FROM content") { $0.integer(0) } ?? 0
    var done: Int64 = 0
    while let end = try endOfStep(behind: done), end > done {
      let freed = try free(done + 1...end)
      summary.contents += freed.contents
      summary.vectors += freed.vectors
      done = end
      onStep(min(1, Double(end) / Double(max(1, last))))
    }
    if summary.contents > 0 { try dropGoneWords() }
    var free = try freePages()
    while free > 0 {
      try connection.rows("PRAGMA incremental_vacuum(\(Self.pagesInAStep))") { _ in }
      let rest = try freePages()
      // Whoever ran another vacuum on the file may have made it one that keeps its free pages.
      if rest >= free { break }
      free = rest
    }
    try connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    summary.bytes = max(0, before - (try size()))
    return summary
  }

  private static let contentsInAStep = 4096
  private static let pagesInAStep = 64

  /// The number of the last content of a step. Contents are counted, not their numbers, for between two of a damaged file may lie
  /// more numbers than can be gone through.
  private func endOfStep(behind done: Int64) throws -> Int64? {
    try connection.first(
      "SELECT max(id) FROM (SELECT id FROM content WHERE id > ? ORDER BY id LIMIT \(Self.contentsInAStep))",
      .integer(done)
    ) { $0.isNull(0) ? nil : $0.integer(0) } ?? nil
  }

  private func freePages() throws -> Int {
    try connection.first("PRAGMA freelist_count") { $0.int(0) } ?? 0
  }

  private func size() throws -> Int {
    let pages = try connection.first("PRAGMA page_count") { $0.int(0) } ?? 0
    return pages * (try connection.first("PRAGMA page_size") { $0.int(0) } ?? 0)
  }

  /// Drops the indexes that may know contents which are gone: the numbers of those will be other contents'.
  private func dropOutdatedIndexes() throws {
    try connection.run(
      """
      DELETE FROM search_index WHERE state <> 'complete'
        OR revision <> (SELECT number FROM current_revision WHERE dataset = search_index.dataset)
      """)
  }

  /// Frees those contents of a range of numbers that nothing holds.
  private func free(_ range: ClosedRange<Int64>) throws -> (contents: Int, vectors: Int) {
    let unheld = "SELECT id FROM content WHERE id BETWEEN ?1 AND ?2 AND \(contentIsUnheld)"
    let (first, last) = (SQLValue.integer(range.lowerBound), SQLValue.integer(range.upperBound))
    return try connection.transaction {
      let vectors = try connection.first(
        """
        SELECT count(*) FROM backbone CROSS JOIN (\(unheld)) AS unheld
        JOIN embedding ON embedding.id = (backbone.id << 40) | unheld.id
        """, first, last
      ) { $0.int(0) }
      // A trigger takes the vectors.
      let contents = try connection.run("DELETE FROM content WHERE id IN (\(unheld))", first, last)
      if contents > 0 { try dropOutdatedIndexes() }
      return (contents, vectors ?? 0)
    }
  }
}
