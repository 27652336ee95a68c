extension MergeCopying {
  /// The versions and moves of aliases of a head behind those that are here, and what was said of its versions; how many versions.
  func versions(of head: HeadRecord, besides known: (versions: Int, moves: Int)) throws -> Int {
    try target.run(
      """
      INSERT INTO head (name, task, created) VALUES (?, (SELECT id FROM task WHERE name = ?), ?)
      ON CONFLICT (name) DO NOTHING
      """, .text(head.name), .text(head.task), .text(head.created))
    let ours = SQLValue.integer(try number("SELECT id FROM head WHERE name = ?", head.name))
    let behind: [SQLValue] = [.integer(head.id), .integer(known.versions)]
    try copy(
      "SELECT version, digest, created, pruned FROM pruned_version WHERE head = ? AND version > ?", behind,
      columns: 4,
      as: "INSERT INTO pruned_version (head, version, digest, created, pruned) VALUES (?, ?, ?, ?, ?)",
      with: [ours])
    let copied = try copy(
      """
      SELECT dataset.name, version, parent, digest, specification, backbone, fingerprint, revision, rows_digest,
        metrics, environment, head_version.created, weights
      FROM head_version JOIN dataset ON dataset.id = head_version.dataset
      WHERE head = ? AND version > ? ORDER BY version
      """, behind, columns: 13,
      as: """
        INSERT INTO head_version (head, dataset, version, parent, digest, specification, backbone, fingerprint, revision,
          rows_digest, metrics, environment, created, weights)
        VALUES (?, (SELECT id FROM dataset WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, with: [ours])
    try copy(
      """
      SELECT alias, version, reason, note, allowed_by, created FROM alias_log WHERE head = ?
      ORDER BY id LIMIT -1 OFFSET ?
      """, [.integer(head.id), .integer(known.moves)], columns: 6,
      as: """
        INSERT INTO alias_log (head, alias, version, reason, note, allowed_by, created) VALUES (?, ?, ?, ?, ?, ?, ?)
        """, with: [ours])
    try annotations(of: head, to: ours)
    return copied
  }

  /// Notes and tags unite: each entry is here once.
  private func annotations(of head: HeadRecord, to ours: SQLValue) throws {
    try copy(
      "SELECT version, kind, text, created FROM head_annotation WHERE head = ? ORDER BY id",
      [.integer(head.id)], columns: 4,
      as: """
        INSERT INTO head_annotation (head, version, kind, text, created) SELECT ?1, ?2, ?3, ?4, ?5
        WHERE NOT EXISTS (
          SELECT 1 FROM head_annotation
          WHERE head = ?1 AND version = ?2 AND kind = ?3 AND text = ?4 AND created = ?5)
        """, with: [ours])
  }

  /// The trials that are not here.
  func trials() throws {
    try copy(
      """
      SELECT task, specification, backbone, fingerprint, dataset, revision, rows_digest, measures, seconds, created, head
      FROM trial ORDER BY id
      """, [], columns: 11,
      as: """
        INSERT INTO trial (task, specification, backbone, fingerprint, dataset, revision, rows_digest, measures, seconds,
          created, head)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """, with: [])
  }

  /// The transforms that are not here, behind those of their names that are.
  func transforms() throws {
    try copy(
      """
      SELECT name, digest, specification, from_backbone, from_fingerprint, to_backbone, to_fingerprint, metrics, created, weights
      FROM transform ORDER BY name, version
      """, [], columns: 10,
      as: """
        INSERT INTO transform (name, digest, specification, from_backbone, from_fingerprint, to_backbone, to_fingerprint, metrics,
          created, weights, version)
        VALUES (?1, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(version), 0) + 1 FROM transform WHERE name = ?1))
        ON CONFLICT DO NOTHING
        """, with: [])
  }
}
