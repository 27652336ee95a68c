internal import Datasets
internal import Digests

extension StoreWriter {
  /// Takes into this store all that another one holds.
  ///
  /// Contents unite by their digests and vectors by content and fingerprint, so that merging again changes nothing. A dataset that is
  /// not here comes along with all of its revisions, and one that went on there from where it stands here goes on here. Where both went
  /// different ways, as shards do, the items of the other are united with those here, as one new revision, unless all that the
  /// other holds was taken in before, whatever became of it here since. Heads come with their
  /// versions and aliases. Nothing is guessed: where datasets, tasks, heads or names contradict each other, nothing is done and all
  /// contradictions are named. Two vectors of one content that differ end the merge where they meet; what came before them stays, and
  /// is held by no dataset.
  ///
  /// Contents and vectors come in steps of one transaction each, so that memory stays small; interrupted, it goes on when it is run
  /// again. Datasets and heads, by which readers see them, come at last, all at once.
  ///
  /// - Parameters:
  ///   - source: The other store.
  ///   - command: What the datasets' logs say made the new revisions.
  ///   - progress: Told after each step which share was done.
  /// - Returns: What is new.
  /// - Throws: ``StoreError/conflicts(source:target:reasons:)``; ``StoreError/vectorConflict(backbone:digest:)``;
  ///   ``StoreError/unfinished(path:dataset:)`` when an extraction into the
  ///   other store has not ended; ``StoreError/damaged(path:what:)``, ``StoreError/damagedVector(backbone:content:reason:)`` when
  ///   what would come along is not as it was written.
  public func merge(
    _ source: StoreReader, command: String, telling progress: (Double) -> Void = { _ in }
  ) throws -> MergeSummary {
    try source.snapshot {
      let open = try source.connection.first(
        "SELECT dataset.name FROM revision JOIN dataset ON dataset.id = revision.dataset WHERE state = 'open'"
      ) { $0.text(0) }
      if let open { throw StoreError.unfinished(path: source.path, dataset: open) }
      let plan = try snapshot { try MergePlan(from: source, to: self) }
      guard plan.conflicts.isEmpty else {
        throw StoreError.conflicts(source: source.path, target: path, reasons: plan.conflicts)
      }
      var summary = MergeSummary()
      let backbones = try source.backbones()
      let steps = Double(1 + backbones.count)
      summary.contents = try mergeContents(of: source) { progress($0 / steps) }
      for (index, backbone) in backbones.enumerated() {
        summary.vectors += try mergeVectors(of: backbone, from: source) {
          progress((1 + Double(index) + $0) / steps)
        }
      }
      let copying = MergeCopying(from: source, to: connection)
      try connection.transaction {
        try copying.tasks()
        for (dataset, relation) in plan.relations {
          guard case .continues(let common) = relation else { continue }
          try copying.revisions(of: dataset, behind: common)
          summary.datasets.append(dataset)
        }
        for head in try source.heads() {
          summary.versions += try copying.versions(of: head, besides: known(head.name))
        }
        try copying.trials()
        try copying.transforms()
        for case (let dataset, .diverged) in plan.relations {
          if try unite(dataset, with: source, command: command) {
            summary.datasets.append(dataset)
          }
        }
      }
      progress(1)
      return summary
    }
  }

  /// How many versions and moves of aliases of a head are here.
  private func known(_ head: String) throws -> (versions: Int, moves: Int) {
    guard let here = try heads().first(where: { $0.name == head }) else { return (0, 0) }
    return (here.versions, try aliasLog(of: head).count)
  }

  private func mergeContents(of source: StoreReader, telling progress: (Double) -> Void) throws -> Int {
    let before = try contentCount()
    let last = try source.connection.first("SELECT max(id) FROM content") { $0.integer(0) } ?? 0
    var texts: [(text: String, digest: SHA256Digest)] = []
    var bytes = 0
    func write() throws {
      try connection.transaction { _ = try connection.addContents(texts) }
      texts.removeAll(keepingCapacity: true)
      bytes = 0
    }
    try source.connection.rows("SELECT id, digest, text FROM content ORDER BY id") { row in
      let (digest, text) = (try row.digest(1), row.text(2))
      guard SHA256Digest(of: text) == digest else {
        throw StoreError.damaged(
          path: source.path, what: "the text of content \(row.integer(0)) is not what its digest names")
      }
      texts.append((text, digest))
      bytes += text.utf8.count
      if texts.count == Self.mergedRows || bytes > Self.mergedBytes {
        try write()
        progress(Double(row.integer(0)) / Double(max(1, last)))
      }
    }
    try write()
    return try contentCount() - before
  }

  private static let mergedRows = 1 << 15
  private static let mergedBytes = 1 << 25

  private func contentCount() throws -> Int {
    try connection.first("SELECT count(*) FROM content") { $0.int(0) } ?? 0
  }

  private func mergeVectors(
    of theirs: BackboneRecord, from source: StoreReader, telling progress: (Double) -> Void
  ) throws -> Int {
    let ours = try connection.transaction {
      try backbone(fingerprint: theirs.fingerprint) ?? copy(theirs)
    }
    let rows = min(Self.mergedRows, max(1, Self.mergedBytes / (4 * theirs.dimension)))
    let keys = theirs.embeddingIDs
    let last =
      try source.connection.first(
        "SELECT max(id) FROM embedding WHERE id BETWEEN ? AND ?", .integer(keys.lowerBound),
        .integer(keys.upperBound)
      ) { $0.integer(0) } ?? 0
    var batch = EmbeddingBatch(backbone: ours)
    var added = 0
    func write() throws {
      let new = try unknown(batch)
      try self.write(new)
      added += new.rows.count
      batch = EmbeddingBatch(backbone: ours)
    }
    let sql = """
      SELECT \(EmbeddingRow.columns), content.digest
      FROM embedding JOIN content ON content.id = embedding.id & 1099511627775
      WHERE embedding.id BETWEEN ? AND ? ORDER BY embedding.id
      """
    try source.connection.rows(sql, [.integer(keys.lowerBound), .integer(keys.upperBound)]) {
      let row = EmbeddingRow($0)
      try theirs.check(row)
      row.vector.withMemoryRebound(to: Float.self) { batch.vectors += $0 }
      batch.rows.append(
        EmbeddingBatch.Row(
          digest: try $0.digest(5), tokens: Int(row.tokens), truncated: row.truncated == 1))
      if batch.rows.count == rows {
        try write()
        progress(
          Double(row.id & BackboneRecord.contentMask) / Double(max(1, last & BackboneRecord.contentMask)))
      }
    }
    try write()
    return added
  }

  /// The part of a batch that is not here. What is must be the same bits.
  private func unknown(_ batch: EmbeddingBatch) throws -> EmbeddingBatch {
    let dimension = batch.backbone.dimension
    let known = try embeddedContents(among: batch.rows.map(\.digest), by: batch.backbone)
    guard !known.isEmpty else { return batch }
    var new = EmbeddingBatch(backbone: batch.backbone)
    try snapshot {
      for (index, row) in batch.rows.enumerated() {
        let vector = batch.vectors[index * dimension..<(index + 1) * dimension]
        if known.contains(row.digest), let here = try self.vector(of: row.digest, by: batch.backbone) {
          guard zip(here, vector).allSatisfy({ $0.bitPattern == $1.bitPattern }) else {
            throw StoreError.vectorConflict(backbone: batch.backbone.name, digest: row.digest)
          }
        } else {
          new.rows.append(row)
          new.vectors += vector
        }
      }
    }
    return new
  }

  private func copy(_ backbone: BackboneRecord) throws -> BackboneRecord {
    try connection.run(
      """
      INSERT INTO backbone (name, fingerprint, dimension, location, manifest, created) VALUES (?, ?, ?, ?, ?, ?)
      """, .text(backbone.name), .digest(backbone.fingerprint), .integer(backbone.dimension),
      .text(backbone.location), .text(backbone.manifest), .text(backbone.created))
    return try self.backbone(named: backbone.name)
  }

  /// Writes the items that a dataset has elsewhere into the one here, as a new revision; whether there is one.
  private func unite(_ dataset: String, with source: StoreReader, command: String) throws -> Bool {
    let revision = try beginRevision(of: dataset, command: command)
    var batch: [Item] = []
    var bytes = 0
    func write() throws {
      try self.write(batch, to: revision)
      batch.removeAll(keepingCapacity: true)
      bytes = 0
    }
    try source.wholeItems(of: dataset) { item, _ in
      batch.append(item)
      bytes += item.text.utf8.count + item.metadata.utf8.count
      if batch.count == Self.mergedRows || bytes > Self.mergedBytes { try write() }
    }
    try write()
    return try close(revision).number == revision.number
  }
}
