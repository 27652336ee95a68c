extension StoreReader {
  /// Calls `body` with what is said of versions that never were, with statistics that are not as they were written, and with versions that are there though they were pruned. That aliases
  /// and parents are there is a matter of references.
  func checkHeads(_ body: (StoreProblem) throws -> Void) throws {
    try connection.rows(
      """
      SELECT head.name, head_annotation.version, kind, text
      FROM head_annotation JOIN head ON head.id = head_annotation.head
      WHERE NOT EXISTS (
          SELECT 1 FROM head_version AS held WHERE held.head = head.id AND held.version = head_annotation.version)
        AND NOT EXISTS (
          SELECT 1 FROM pruned_version AS gone WHERE gone.head = head.id AND gone.version = head_annotation.version)
      """
    ) { row in
      try body(
        StoreProblem(
          "the \(row.text(2)) “\(row.text(3).prefix(60))” is of \(row.text(0))@\(row.integer(1)), which is neither there nor pruned",
          remedy: Self.backup))
    }
    try connection.rows(
      """
      SELECT head.name, head_statistics.version, statistics, checksum
      FROM head_statistics JOIN head ON head.id = head_statistics.head
      """
    ) { row in
      guard row.integer(3) != Int64(Self.checksum(ofStatistics: row.bytes(2), version: row.int(1))) else {
        return
      }
      try body(
        StoreProblem(
          "the statistics of \(row.text(0))@\(row.integer(1)) are not as they were written",
          remedy: "train the head again"))
    }
    try connection.rows(
      """
      SELECT head.name, head_version.version
      FROM head_version JOIN head ON head.id = head_version.head
      JOIN pruned_version USING (head, version)
      """
    ) { row in
      try body(
        StoreProblem(
          "\(row.text(0))@\(row.integer(1)) is there, and was pruned as well", remedy: Self.backup))
    }
  }
}
