import Digests

/// Contents and items by what others call them: digests and names.
extension Connection {
  /// The numbers of the contents with these bytes and their digests, which are stored where they are not there.
  func addContents(_ texts: [(text: String, digest: SHA256Digest)]) throws -> [SHA256Digest: Int64] {
    var numbers = try contents(Set(texts.map(\.digest)))
    var last = try first("SELECT max(id) FROM content") { $0.integer(0) } ?? 0
    var new: [(number: Int64, digest: SHA256Digest, text: String)] = []
    for (text, digest) in texts where numbers[digest] == nil {
      guard last < BackboneRecord.contentMask else {
        throw StoreError.damaged(path: path, what: "a content with the number \(last)")
      }
      last += 1
      numbers[digest] = last
      new.append((last, digest, text))
    }
    // Many at once: at the end of each statement FTS5 writes down the words that it has gathered.
    try insert(
      new, into: "content (id, digest, text)", columns: 3, width: Self.contentsInAStatement
    ) {
      statement, content, first in
      try statement.bind(content.number, at: first)
      try content.digest.bytes.withUnsafeBytes { try statement.bind($0, at: first + 1) }
      try statement.bind(content.text, at: first + 2)
    }
    return numbers
  }

  private static let contentsInAStatement = 1024

  /// The number of the content with this digest, or nil.
  func content(_ digest: SHA256Digest) throws -> Int64? {
    try first("SELECT id FROM content WHERE digest = ?", .digest(digest)) { $0.integer(0) }
  }

  /// The numbers of the contents with these digests, but for those that are not there.
  func contents(_ digests: some Collection<SHA256Digest>) throws -> [SHA256Digest: Int64] {
    var found: [SHA256Digest: Int64] = [:]
    try rows("SELECT digest, id FROM content WHERE digest", in: digests.sorted().map { .digest($0) }) { row in
      found[try row.digest(0)] = row.integer(1)
    }
    return found
  }

  /// The number of the item of a dataset with this name, which is made if it is not there.
  func addItem(_ name: String, in dataset: Int64) throws -> (id: Int64, isNew: Bool) {
    let inserted = try run(
      "INSERT INTO item (dataset, external_id) VALUES (?, ?) ON CONFLICT DO NOTHING", .integer(dataset),
      .text(name))
    if inserted == 1 { return (lastInsertedID, true) }
    guard let id = try item(name, in: dataset) else {
      throw StoreError.notFound(what: "item", name: name, near: [])
    }
    return (id, false)
  }

  /// The number of the item of a dataset with this name, whether it stands or not; nil where there never was one.
  func item(_ name: String, in dataset: Int64) throws -> Int64? {
    try first(
      "SELECT id FROM item WHERE dataset = ? AND external_id = ?", .integer(dataset), .text(name)
    ) { $0.integer(0) }
  }

  /// The numbers of the items of a dataset with these names, by the bytes of the names: to `String`, “é” and “e + ´” are one.
  func items(_ names: [String], in dataset: Int64) throws -> [[UInt8]: Int64] {
    var found: [[UInt8]: Int64] = [:]
    try rows(
      "SELECT external_id, id FROM item WHERE dataset = \(dataset) AND external_id",
      in: names.map { .text($0) }
    ) { row in
      row.withBytes(0) { found[Array($0)] = row.integer(1) }
    }
    return found
  }
}
