/// A revision of a dataset without which a head version cannot be made or measured again.
struct NeededRevision {
  let version: Int
  let dataset: String
  let revision: Int
  /// What the version has of it: it was `trained on` it, or `adapted to` it.
  let purpose: String

  /// All of them, as a table with the rows of `head_version` and `dataset` that they belong to. A specification that is damaged
  /// needs none, and is told of where it is read.
  static let table = """
    (SELECT id AS version, dataset, revision, 'trained on' AS purpose FROM head_version
    UNION ALL
    SELECT adapted.id, dataset.id, json_extract(adapted.specification, '$.adaptation.revision'), 'adapted to'
    FROM (
      SELECT id, CASE WHEN json_valid(specification) THEN specification END AS specification FROM head_version
    ) AS adapted JOIN dataset ON dataset.name = json_extract(adapted.specification, '$.adaptation.target'))
    """
}

extension StoreReader {
  /// What each version of a head needs.
  func neededRevisions(of head: String) throws -> [NeededRevision] {
    try connection.all(
      """
      SELECT head_version.version, dataset.name, needed.revision, needed.purpose
      FROM \(NeededRevision.table) AS needed
      JOIN head_version ON head_version.id = needed.version JOIN head ON head.id = head_version.head
      JOIN dataset ON dataset.id = needed.dataset
      WHERE head.name = ? ORDER BY head_version.version, needed.purpose DESC
      """, .text(head)
    ) {
      NeededRevision(
        version: Int($0.integer(0)), dataset: $0.text(1), revision: Int($0.integer(2)), purpose: $0.text(3))
    }
  }
}
