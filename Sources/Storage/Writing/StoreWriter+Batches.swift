public import Datasets
import Digests

extension StoreWriter {
  /// Writes items, and vectors of contents by any number of backbones, into an open revision: all of them, or nothing.
  ///
  /// An item that is as it was leaves no trace. One that differs gets a new state from this revision on, and earlier
  /// revisions keep the old one; given twice in one revision, the later one counts. A label ends when its task is
  /// given with nil, and with the text that it was given to; labels for tasks that an item does not mention stay otherwise,
  /// as do items that no batch mentions. A task is made with the first label for it.
  ///
  /// Larger batches cost less a row: ids and digests are spread over the whole of their indexes, whose pages each
  /// transaction writes anew. Some ten thousand rows are good where vectors are at hand already.
  ///
  /// - Throws: ``StoreError/labelKind(task:takes:item:carries:)`` or
  ///   ``StoreError/embeddingShape(backbone:dimension:rows:floats:)`` before anything is written;
  ///   ``StoreError/revisionNotOpen(dataset:number:)``; ``StoreError/notFound(what:name:near:)`` for a vector whose
  ///   content is neither stored nor in this batch, or whose backbone is gone.
  @discardableResult
  public func write(
    _ items: [Item], embeddings: [EmbeddingBatch] = [], to revision: Revision
  ) throws -> ItemCounts {
    try embeddings.forEach(checkShape)
    return try write(answersOf: items, to: revision) { writing in
      try writing.write(items)
      for batch in embeddings { try insert(batch, knowing: writing.contents) }
    }
  }

  /// Gives items of the dataset other answers in an open revision: all of them, or nothing. Of each item its id and labels count;
  /// texts, metadata, and labels of tasks that it does not mention, stay. Contents and vectors are not touched.
  ///
  /// - Throws: ``StoreError/labelKind(task:takes:item:carries:)`` before anything is written;
  ///   ``StoreError/notFound(what:name:near:)`` for an item that is not there;
  ///   ``StoreError/revisionNotOpen(dataset:number:)``.
  @discardableResult
  public func relabel(_ items: [Item], in revision: Revision) throws -> ItemCounts {
    try write(answersOf: items, to: revision) { writing in
      try writing.relabel(items)
    }
  }

  /// Runs `body`, which writes items, in one transaction: their new tasks are made before, and the revision counts behind it.
  private func write(
    answersOf items: [Item], to revision: Revision, _ body: (inout ItemWriting) throws -> Void
  ) throws -> ItemCounts {
    let newTasks = try tasksToMake(for: items)
    return try connection.transaction {
      for task in newTasks {
        try connection.run(
          "INSERT INTO task (name, kind) VALUES (?, ?)", .text(task.name), .text(task.kind.rawValue))
      }
      let tasks = Dictionary(try self.tasks().map { ($0.name, $0.id) }) { first, _ in first }
      var writing = ItemWriting(
        connection, revision: revision, tasks: tasks, remembersItems: remembersItems)
      try body(&writing)
      let written = try connection.run(
        """
        UPDATE revision SET added = added + ?, changed = changed + ?
        WHERE dataset = ? AND number = ? AND state = 'open'
        """, .integer(writing.counts.added), .integer(writing.counts.changed), .integer(revision.datasetID),
        .integer(revision.number))
      guard written == 1 else {
        throw StoreError.revisionNotOpen(dataset: revision.dataset, number: revision.number)
      }
      return writing.counts
    }
  }

  /// Writes the vectors of contents that are stored already: all of them, or nothing.
  ///
  /// A vector that is there already stays as it is.
  public func write(_ embeddings: EmbeddingBatch) throws {
    try checkShape(embeddings)
    try connection.transaction { try insert(embeddings) }
  }

  /// The tasks that `items` are the first to answer, in the order in which they do.
  private func tasksToMake(for items: [Item]) throws -> [(name: String, kind: TaskKind)] {
    var kinds = try taskKinds()
    var new: [(name: String, kind: TaskKind)] = []
    for item in items {
      for (task, answer) in item.labels.sorted(by: { $0.key < $1.key }) {
        guard let label = answer else { continue }
        if let takes = kinds[task] {
          guard takes == label.kind else {
            throw StoreError.labelKind(task: task, takes: takes, item: item.id, carries: label.kind)
          }
        } else {
          kinds[task] = label.kind
          new.append((task, label.kind))
        }
      }
    }
    return new
  }

  private func insert(_ batch: EmbeddingBatch, knowing contents: [SHA256Digest: Int64] = [:]) throws {
    guard try backbone(fingerprint: batch.backbone.fingerprint)?.id == batch.backbone.id else {
      throw try notFound("backbone", batch.backbone.name, among: "SELECT name FROM backbone")
    }
    let sql = """
      INSERT INTO embedding (id, vector, tokens, truncated, checksum) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      """
    let bytes = batch.backbone.dimension * MemoryLayout<Float>.size
    try connection.withStatement(sql) { statement in
      try batch.vectors.withUnsafeBytes { vectors in
        for (index, row) in batch.rows.enumerated() {
          guard let content = try contents[row.digest] ?? connection.content(row.digest) else {
            throw StoreError.notFound(what: "content", name: row.digest.hex, near: [])
          }
          let id = batch.backbone.id << 40 | content
          let tokens = Int64(row.tokens)
          let truncated: Int64 = row.truncated ? 1 : 0
          let vector = UnsafeRawBufferPointer(rebasing: vectors[(index * bytes)..<((index + 1) * bytes)])
          try statement.bind(id, at: 1)
          try statement.bind(vector, at: 2)
          try statement.bind(tokens, at: 3)
          try statement.bind(truncated, at: 4)
          try statement.bind(
            Int64(EmbeddingRow.checksum(id: id, tokens: tokens, truncated: truncated, vector: vector)), at: 5)
          try statement.run()
        }
      }
    }
  }

  private func checkShape(_ batch: EmbeddingBatch) throws {
    guard batch.vectors.count == batch.rows.count * batch.backbone.dimension else {
      throw StoreError.embeddingShape(
        backbone: batch.backbone.name, dimension: batch.backbone.dimension, rows: batch.rows.count,
        floats: batch.vectors.count)
    }
  }
}
