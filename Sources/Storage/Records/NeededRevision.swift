/// A revision of a dataset without which a head version cannot be made or measured again.
struct NeededRevision {
  let dataset: String
  let revision: Int
  /// What the version has of it: it was `trained on` it, or `adapted to` it.
  let purpose: String

  /// All of them, as a table with the rows of `head_version` and `dataset` that they belong to. A specification that is damaged
  /// needs none, and is told of where it is read.
  static let table = """
    (SELECT id AS version, dataset, revision, 'trained on' AS purpose FROM head_version
    UNION ALL
    SELECT head_version.id, dataset.id, json_extract(specification, '$.adaptation.revision'), 'adapted to'
    FROM head_version JOIN dataset
      ON dataset.name = CASE WHEN json_valid(specification) THEN json_extract(specification, '$.adaptation.target') END)
    """
}

extension StoreReader {
  /// What a head version needs.
  func neededRevisions(of version: HeadVersionRecord) throws -> [NeededRevision] {
    try connection.all(
      """
      SELECT dataset.name, needed.revision, needed.purpose
      FROM \(NeededRevision.table) AS needed
      JOIN head_version ON head_version.id = needed.version JOIN head ON head.id = head_version.head
      JOIN dataset ON dataset.id = needed.dataset
      WHERE head.name = ? AND head_version.version = ?
      """, .text(version.head), .integer(Int64(version.version))
    ) { NeededRevision(dataset: $0.text(0), revision: Int($0.integer(1)), purpose: $0.text(2)) }
  }
}
