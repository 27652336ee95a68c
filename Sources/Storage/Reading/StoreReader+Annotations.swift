extension StoreReader {
  /// What was said of a head's versions, by their numbers; those that were pruned among them.
  public func annotations(of head: String) throws -> [Int: HeadAnnotations] {
    let name = SQLValue.text(try self.head(named: head).name)
    var annotations: [Int: HeadAnnotations] = [:]
    try connection.rows(
      """
      SELECT version, text, head_annotation.created
      FROM head_annotation JOIN head ON head.id = head_annotation.head
      WHERE head.name = ? AND kind = 'note' ORDER BY head_annotation.created, head_annotation.id
      """, [name]
    ) { annotations[$0.int(0), default: .init()].notes.append(.init(text: $0.text(1), created: $0.text(2))) }
    try connection.rows("SELECT version, tag FROM tags WHERE head = ? ORDER BY tag", [name]) {
      annotations[$0.int(0), default: .init()].tags.append($0.text(1))
    }
    return annotations
  }
}
