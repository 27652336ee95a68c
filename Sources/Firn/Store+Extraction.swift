internal import Backbones
public import Datasets
internal import Digests
internal import Storage

extension Store {
  /// Reads items into a dataset and embeds the texts that the backbone has not embedded yet, whatever dataset they came with.
  ///
  /// Items are committed in batches: an extraction that is killed and run again goes on behind the last one. What it writes
  /// is one revision, seen by readers when it is complete; where nothing changes there is none. A row that cannot be
  /// an item is rejected, and reading goes on behind it.
  ///
  /// - Parameters:
  ///   - source: What is read.
  ///   - format: How it is written; nil goes by the name.
  ///   - fields: Which fields hold text, id and labels.
  ///   - dataset: The dataset that the items go into; made if it is not there.
  ///   - backbone: The name of the backbone that embeds the texts.
  ///   - isStrict: Whether to stop at the first rejected row. What was read before it stays.
  ///   - command: What the dataset's log says made the revision.
  ///   - onRejection: Called with each rejected row.
  ///   - onProgress: Called after each batch.
  /// - Returns: What was done.
  /// - Throws: ``FirnError/rejected(_:)`` when strict; the errors of reading, embedding and storing.
  @discardableResult
  public func extract(
    _ source: ItemSource, as format: InputFormat? = nil, fields: FieldMapping = FieldMapping(),
    into dataset: String, with backbone: String, isStrict: Bool = false, command: String = "extract",
    onRejection: (Rejection) -> Void = { _ in }, onProgress: (ExtractionProgress) -> Void = { _ in }
  ) throws -> ExtractionSummary {
    let clock = ContinuousClock()
    let start = clock.now
    // The input is opened first: a wrong name should not leave an empty dataset.
    var reader = try ItemReader(source, format: format, fields: fields, identify: Self.id(ofText:))
    let writer = try writer()
    let record = try writer.backbone(named: backbone)
    var extraction = try Extraction(
      store: self, writer: writer, backbone: record, dataset: dataset, command: command)
    var batch = ExtractionBatch()
    func commit() throws {
      try extraction.write(batch)
      batch = ExtractionBatch()
      onProgress(
        ExtractionProgress(
          bytesRead: reader.bytesRead, totalBytes: reader.totalBytes, items: extraction.summary.items,
          tokens: extraction.summary.tokens))
    }
    while let entry = try reader.next() {
      switch extraction.checked(entry) {
      case .item(let item, _):
        batch.append(item)
        if batch.isFull { try commit() }
      case .rejected(let rejection):
        onRejection(rejection)
        if isStrict {
          try commit()
          _ = try extraction.finish()
          throw FirnError.rejected(rejection)
        }
      }
    }
    try commit()
    var summary = try extraction.finish()
    summary.seconds = (clock.now - start) / .seconds(1)
    return summary
  }
}

extension Store {
  /// The id of an item whose row has none: the beginning of its text's digest, so that it stays the same when the row moves.
  public static func id(ofText text: String) -> String {
    "sha256:\(SHA256Digest(of: text).hex.prefix(16))"
  }
}

/// The items of one transaction.
struct ExtractionBatch {
  private(set) var items: [Item] = []
  private var bytes = 0

  mutating func append(_ item: Item) {
    items.append(item)
    bytes += item.text.utf8.count
  }

  /// Whether it is time to embed and commit: some seconds of work, and no more text than fits in memory with ease.
  var isFull: Bool { items.count >= 2048 || bytes >= 1 << 22 }
}

/// A running extraction.
struct Extraction {
  private(set) var summary: ExtractionSummary
  private let store: Store
  private let writer: StoreWriter
  private let record: BackboneRecord
  private let revision: Revision
  /// Opened with the first text that is not embedded yet: where there is none, the model isn't read at all.
  private var backbone: Backbone?
  private var kinds: [String: TaskKind]
  /// The texts of the rows so far, so that duplicates are told from texts embedded before.
  private var seen: Set<SHA256Digest> = []

  init(store: Store, writer: StoreWriter, backbone: BackboneRecord, dataset: String, command: String) throws {
    self.store = store
    self.writer = writer
    record = backbone
    kinds = try writer.taskKinds()
    revision = try writer.beginRevision(of: dataset, command: command)
    summary = ExtractionSummary(dataset: dataset, backbone: backbone.name, revision: revision.number)
  }

  /// The entry, rejected if a label is of another kind than its task takes; counts rejections.
  mutating func checked(_ entry: Entry) -> Entry {
    guard case .item(let item, let place) = entry else {
      summary.rejected += 1
      return entry
    }
    for (task, label) in item.labels.sorted(by: { $0.key < $1.key }) {
      if let kind = kinds[task], kind != label.kind {
        summary.rejected += 1
        let reason =
          "its label for the task “\(task)” is \(label.kind.rawValue); the task is \(kind.rawValue)"
        return .rejected(Rejection(place: place, reason: reason))
      }
    }
    kinds.merge(item.labels.mapValues(\.kind)) { known, _ in known }
    return entry
  }

  /// Embeds what is new in a batch and commits all of it.
  mutating func write(_ batch: ExtractionBatch) throws {
    guard !batch.items.isEmpty else { return }
    let digests = batch.items.map { SHA256Digest(of: $0.text) }
    let embedded = try writer.embeddedContents(among: digests, by: record)
    var new = EmbeddingBatch(backbone: record)
    var texts: [String] = []
    for (item, digest) in zip(batch.items, digests) {
      summary.items += 1
      if !seen.insert(digest).inserted {
        summary.duplicates += 1
      } else if embedded.contains(digest) {
        summary.reused += 1
      } else {
        summary.extracted += 1
        texts.append(item.text)
        new.rows.append(EmbeddingBatch.Row(digest: digest, tokens: 0, truncated: false))
      }
    }
    if !texts.isEmpty {
      let backbone = try self.backbone ?? store.open(record)
      self.backbone = backbone
      new.vectors.reserveCapacity(texts.count * record.dimension)
      for (index, embedding) in backbone.embed(texts, threads: store.threads).enumerated() {
        new.rows[index].tokens = embedding.tokens
        new.rows[index].truncated = embedding.isTruncated
        new.vectors += embedding.vector
        summary.tokens += embedding.tokens
        summary.truncated += embedding.isTruncated ? 1 : 0
      }
    }
    let counts = try writer.write(batch.items, embeddings: new, to: revision)
    summary.added += counts.added
    summary.changed += counts.changed
    summary.replaced += counts.replaced
  }

  /// Closes the revision, so that readers see it.
  mutating func finish() throws -> ExtractionSummary {
    summary.revision = try writer.close(revision).number
    return summary
  }
}
