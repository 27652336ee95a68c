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

  mutating func write(_ items: [Item]) throws {
    let texts = items.map { (text: $0.text, digest: SHA256Digest(of: $0.text)) }
    contents = try connection.addContents(texts)
    let names = items.map { Array($0.id.utf8) }
    var numbers = try connection.items(items.map(\.id), in: revision.datasetID)
    let standing = try standing(Array(numbers.values))
    var last = try connection.first("SELECT max(id) FROM item") { $0.integer(0) } ?? 0
    var written = Set<Int64>()
    var new: [NewItem] = []
    var again: [(index: Int, number: Int64)] = []
    for (index, item) in items.enumerated() {
      if let number = numbers[names[index]] {
        guard written.insert(number).inserted else {
          again.append((index, number))
          continue
        }
        try write(item, as: number, content(texts[index].digest), over: standing[number])
      } else {
        guard last < .max else {
          throw StoreError.damaged(path: connection.path, what: "an item with the number \(last)")
        }
        last += 1
        numbers[names[index]] = last
        written.insert(last)
        new.append(NewItem(id: last, content: try content(texts[index].digest), item: item))
      }
    }
    try insert(new)
    for (index, number) in again {
      try write(
        items[index], as: number, content(texts[index].digest), over: self.standing([number])[number])
    }
    guard remembersItems else { return }
    for number in written {
      try connection.run(
        "INSERT INTO temp.written (item) VALUES (?) ON CONFLICT DO NOTHING", .integer(number))
    }
  }

  /// Writes an item whose name is known: over what stands of it, or anew where it was removed.
  private mutating func write(
    _ item: Item, as id: Int64, _ content: Int64, over before: Standing?
  ) throws {
    let metadata = SQLValue.text(item.metadata)
    if let before { return try change(id, before, to: content, metadata, item.labels) }
    try insertState(id, content, metadata)
    for label in values(of: item.labels) { try insertLabel(id, label.task, label.value) }
    counts.added += 1
  }

  /// Gives items that stand other answers; their texts and metadata stay.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)`` where there is no such item.
  mutating func relabel(_ items: [Item]) throws {
    let numbers = try connection.items(items.map(\.id), in: revision.datasetID)
    let standing = try standing(Array(numbers.values))
    var written = Set<Int64>()
    for item in items {
      let number = numbers[Array(item.id.utf8)]
      // What was written within this batch stands now.
      let before = try number.flatMap {
        written.insert($0).inserted ? standing[$0] : try self.standing([$0])[$0]
      }
      guard let number, let before else {
        throw StoreError.notFound(what: "item", name: item.id, near: [])
      }
      try change(number, before, to: before.content, before.metadata, item.labels)
    }
  }

  private func content(_ digest: SHA256Digest) throws -> Int64 {
    guard let content = contents[digest] else {
      throw StoreError.notFound(what: "content", name: digest.hex, near: [])
    }
    return content
  }

  /// An item whose name the dataset has never had.
  private struct NewItem {
    let id: Int64
    let content: Int64
    let item: Item
  }

  private mutating func insert(_ new: [NewItem]) throws {
    try connection.insert(new, into: "item (id, dataset, external_id)", columns: 3) { statement, row, first in
      try statement.bind(row.id, at: first)
      try statement.bind(revision.datasetID, at: first + 1)
      try statement.bind(row.item.id, at: first + 2)
    }
    try connection.insert(new, into: "item_state (item, since, content, metadata)", columns: 4) {
      statement, row, first in
      try statement.bind(row.id, at: first)
      try statement.bind(number, at: first + 1)
      try statement.bind(row.content, at: first + 2)
      try statement.bind(row.item.metadata, at: first + 3)
    }
    let labels = new.flatMap { row in
      values(of: row.item.labels).map { (item: row.id, task: $0.task, value: $0.value) }
    }
    try connection.insert(labels, into: "label (item, task, since, value)", columns: 4) {
      statement, label, first in
      try statement.bind(label.item, at: first)
      try statement.bind(label.task, at: first + 1)
      try statement.bind(number, at: first + 2)
      try statement.bind(label.value, at: first + 3)
    }
    counts.added += new.count
  }

  private func values(of labels: [String: Label?]) -> [(task: Int64, value: SQLValue)] {
    labels.compactMap { name, label in
      if let task = tasks[name], let label { (task: task, value: label.sqlValue) } else { nil }
    }.sorted { $0.task < $1.task }
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

  /// What stands of items, but for those that were removed.
  private func standing(_ items: [Int64]) throws -> [Int64: Standing] {
    let items = items.sorted().map { SQLValue.integer($0) }
    var labels: [Int64: [(task: Int64, since: Int64, value: SQLValue)]] = [:]
    try connection.rows(
      "SELECT item, task, since, value FROM label WHERE until IS NULL AND item", in: items
    ) { row in
      labels[row.integer(0), default: []].append((row.integer(1), row.integer(2), row.value(3)))
    }
    var standing: [Int64: Standing] = [:]
    try connection.rows(
      "SELECT item, since, content, metadata FROM item_state WHERE until IS NULL AND item", in: items
    ) { row in
      standing[row.integer(0)] = Standing(
        since: row.integer(1), content: row.integer(2), metadata: row.value(3),
        labels: labels[row.integer(0)] ?? [])
    }
    return standing
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
