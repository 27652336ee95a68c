import Datasets
import Digests

/// The writing of items into one revision: what differs from what stands gets a row from that revision on.
struct ItemWriting {
  private let connection: Connection
  private let revision: Revision
  private let tasks: [String: Int64]
  /// Whether ``StoreWriter/rememberItems()`` was called.
  private let remembersItems: Bool
  /// The numbers of the contents of the items so far.
  private(set) var contents: [SHA256Digest: Int64] = [:]
  /// What became of the items so far.
  private(set) var counts = ItemCounts()

  init(_ connection: Connection, revision: Revision, tasks: [String: Int64], remembersItems: Bool) {
    self.connection = connection
    self.revision = revision
    self.tasks = tasks
    self.remembersItems = remembersItems
  }

  /// What an item holds now, and from which revision on.
  private struct Standing {
    let since: Int64
    let content: Int64
    let metadata: SQLValue
    let labels: [(task: Int64, since: Int64, value: SQLValue)]
  }

  mutating func write(_ item: Item) throws {
    let digest = SHA256Digest(of: item.text)
    let content = try contents[digest] ?? connection.addContent(item.text, digest)
    contents[digest] = content
    let metadata = SQLValue.text(item.metadata)
    let (id, isNew) = try connection.addItem(item.id, in: revision.datasetID)
    if remembersItems {
      try connection.run("INSERT INTO temp.written (item) VALUES (?) ON CONFLICT DO NOTHING", .integer(id))
    }
    if let before = isNew ? nil : try standing(id) {
      try change(id, before, to: content, metadata, item.labels)
    } else {
      try insertState(id, content, metadata)
      for label in values(of: item.labels) { try insertLabel(id, label.task, label.value) }
      counts.added += 1
    }
  }

  /// Gives an item that stands other answers; its text and metadata stay.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)`` where there is no such item.
  mutating func relabel(_ item: Item) throws {
    guard let id = try connection.item(item.id, in: revision.datasetID), let before = try standing(id) else {
      throw StoreError.notFound(what: "item", name: item.id, near: [])
    }
    try change(id, before, to: before.content, before.metadata, item.labels)
  }

  private func values(of labels: [String: Label?]) -> [(task: Int64, value: SQLValue)] {
    labels.compactMap { name, label in
      if let task = tasks[name], let label { (task: task, value: label.sqlValue) } else { nil }
    }
  }

  private mutating func change(
    _ id: Int64, _ before: Standing, to content: Int64, _ metadata: SQLValue, _ answers: [String: Label?]
  ) throws {
    let mentioned = Set(answers.keys.compactMap { tasks[$0] })
    let labels = values(of: answers)
    let differs = before.content != content || before.metadata != metadata
    let differing = labels.filter { label in
      !before.labels.contains { $0.task == label.task && $0.value == label.value }
    }
    // A label ends when it is taken away, or with the text that it was given to, unless it is given anew.
    let ended = before.labels.filter { old in
      !labels.contains { $0.task == old.task } && (mentioned.contains(old.task) || before.content != content)
    }
    guard differs || !differing.isEmpty || !ended.isEmpty else {
      counts.unchanged += 1
      return
    }
    if differs {
      if before.since == number {
        try replaceState(id, content, metadata)
      } else {
        try endState(id)
        try insertState(id, content, metadata)
      }
    }
    for label in ended { try removeLabel(id, label.task) }
    for label in differing {
      try endLabel(id, label.task)
      try insertLabel(id, label.task, label.value)
    }
    if before.since == number || before.labels.contains(where: { $0.since == number }) {
      counts.replaced += 1
    } else {
      counts.changed += 1
    }
  }

  private var number: Int64 { Int64(revision.number) }

  /// What stands of the item, or nil when it was removed.
  private func standing(_ item: Int64) throws -> Standing? {
    let labels = try connection.all(
      "SELECT task, since, value FROM label WHERE item = ? AND until IS NULL", .integer(item)
    ) { (task: $0.integer(0), since: $0.integer(1), value: $0.value(2)) }
    return try connection.first(
      "SELECT since, content, metadata FROM item_state WHERE item = ? AND until IS NULL", .integer(item)
    ) {
      Standing(since: $0.integer(0), content: $0.integer(1), metadata: $0.value(2), labels: labels)
    }
  }

  private func endState(_ item: Int64) throws {
    try connection.run(
      "UPDATE item_state SET until = ?2 WHERE item = ?1 AND until IS NULL", .integer(item), .integer(number))
  }

  // Not one upsert: for that SQLite would copy every page that it changes, row by row.

  private func insertState(_ item: Int64, _ content: Int64, _ metadata: SQLValue) throws {
    try connection.run(
      "INSERT INTO item_state (item, since, content, metadata) VALUES (?, ?, ?, ?)", .integer(item),
      .integer(number), .integer(content), metadata)
  }

  private func replaceState(_ item: Int64, _ content: Int64, _ metadata: SQLValue) throws {
    try connection.run(
      "UPDATE item_state SET content = ?3, metadata = ?4 WHERE item = ?1 AND since = ?2", .integer(item),
      .integer(number), .integer(content), metadata)
  }

  /// A label that begins with this very revision does not end with it; ``insertLabel(_:_:_:)`` replaces it.
  private func endLabel(_ item: Int64, _ task: Int64) throws {
    try connection.run(
      "UPDATE label SET until = ?3 WHERE item = ?1 AND task = ?2 AND until IS NULL AND since < ?3",
      .integer(item), .integer(task), .integer(number))
  }

  /// Ends a label that is not replaced; one that begins with this very revision leaves no trace.
  private func removeLabel(_ item: Int64, _ task: Int64) throws {
    try endLabel(item, task)
    try connection.run(
      "DELETE FROM label WHERE item = ?1 AND task = ?2 AND since = ?3", .integer(item), .integer(task),
      .integer(number))
  }

  private func insertLabel(_ item: Int64, _ task: Int64, _ value: SQLValue) throws {
    try connection.run(
      """
      INSERT INTO label (item, task, since, value) VALUES (?, ?, ?, ?)
      ON CONFLICT (item, task, since) DO UPDATE SET until = NULL, value = excluded.value
      """, .integer(item), .integer(task), .integer(number), value)
  }
}

extension Connection {
  /// The number of the content with these bytes and their digest, which is stored if it is not there.
  func addContent(_ text: String, _ digest: SHA256Digest) throws -> Int64 {
    let inserted = try run(
      "INSERT INTO content (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING", .digest(digest), .text(text))
    if inserted == 1 { return lastInsertedID }
    guard let id = try content(digest) else {
      throw StoreError.notFound(what: "content", name: digest.hex, near: [])
    }
    return id
  }

  /// The number of the content with this digest, or nil.
  func content(_ digest: SHA256Digest) throws -> Int64? {
    try first("SELECT id FROM content WHERE digest = ?", .digest(digest)) { $0.integer(0) }
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
}
