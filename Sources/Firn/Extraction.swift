internal import Backbones
internal import Datasets
internal import Digests
internal import Storage

/// A running extraction: entries are taken one by one, and embedded and committed batch by batch. While one batch is embedded, the
/// next is read and the last is stored.
struct Extraction {
  private let store: Store
  private let writer: StoreWriter
  private let dataset: String
  /// Whether items that the input has no more are removed.
  private let prunes: Bool
  private let command: String
  private var backbones: [ExtractingBackbone]
  private var kinds: TaskKinds
  private var batch: [Item] = []
  /// Bytes of the batch's texts: all of them, and those that a backbone can read at the most.
  private var bytes = (held: 0, read: 0)
  private let pipeline: EmbeddingPipeline
  /// The batch that is being embedded.
  private var underWay: BatchUnderWay?
  /// Bytes of the input behind what is committed.
  private var bytesDone = 0
  /// Begun with the first batch: an input that gives nothing leaves no trace.
  private var revision: Revision?

  init(
    store: Store, writer: StoreWriter, backbones: [BackboneRecord], dataset: String, prunes: Bool,
    command: String
  ) throws {
    if prunes { try writer.rememberItems() }
    (self.store, self.writer, self.dataset) = (store, writer, dataset)
    (self.prunes, self.command) = (prunes, command)
    self.backbones = try backbones.map { try ExtractingBackbone($0, of: store, dataset: dataset) }
    kinds = TaskKinds(try writer.taskKinds())
    pipeline = EmbeddingPipeline(threads: store.threads)
  }

  /// How far the input is read: bytes, and of how many, where that is known.
  typealias Reading = (bytes: Int, total: Int?)

  /// A batch whose new texts are being embedded.
  private struct BatchUnderWay {
    let items: [Item]
    /// How far the input was read for it.
    let reading: Reading
    /// Its new texts, by the backbones that they are new to.
    var parts: [(backbones: [Int], contents: [Content], pending: PendingEmbeddings)] = []
  }

  typealias Content = (digest: SHA256Digest, text: String)

  /// What was done with each backbone so far.
  var summaries: [ExtractionSummary] { backbones.map(\.summary) }

  /// Counts what concerns all backbones alike.
  private mutating func count(_ change: (inout ExtractionSummary) -> Void) {
    for index in backbones.indices { change(&backbones[index].summary) }
  }

  /// Puts an item into the batch; returns why, when it cannot be taken.
  mutating func take(_ entry: Entry) throws -> Rejection? {
    switch entry {
    case .rejected(let rejection):
      count { $0.rejected += 1 }
      return rejection
    case .item(let item, let place):
      if let reason = try refusal(of: item) ?? kinds.contradiction(in: item) {
        count { $0.rejected += 1 }
        return Rejection(place: place, reason: reason)
      }
      batch.append(item)
      let size = item.text.utf8.count
      bytes.held += size
      bytes.read += backbones.map { $0.bytesRead(of: size) }.max() ?? 0
      return nil
    }
  }

  /// Whether it is time to embed and commit: a second or two of work, and no more text than fits in memory with ease.
  var batchIsFull: Bool {
    batch.count >= 2048 || bytes.read >= 1 << 17 || bytes.held >= 1 << 22
  }

  /// Why one of the backbones does not take an item's text, if one doesn't.
  private mutating func refusal(of item: Item) throws -> String? {
    for index in backbones.indices {
      if let refusal = try backbones[index].refusal(of: item.text) { return refusal }
    }
    return nil
  }

  /// Begins to embed what is new in the batch, and commits the one before; `progress` is told how far that is.
  mutating func advance(_ reading: Reading, telling progress: (ExtractionProgress) -> Void) throws {
    guard !batch.isEmpty else { return }
    let next = try begin(batch, reading)
    batch = []
    bytes = (0, 0)
    try commitUnderWay(telling: progress)
    underWay = next
  }

  /// Begins to embed a batch's texts by each backbone that has not embedded them yet.
  private mutating func begin(_ items: [Item], _ reading: Reading) throws -> BatchUnderWay {
    let digests = items.map { SHA256Digest(of: $0.text) }
    let embedded = try backbones.map { try writer.embeddedContents(among: digests, by: $0.record) }
    // Texts that are new to the same backbones share a pass.
    var new: [[Int]: [Content]] = [:]
    for (item, digest) in zip(items, digests) {
      // A text of the batch before, which is not stored yet, was asked about as well.
      guard try writer.isFirst(digest) else {
        count { $0.duplicates += 1 }
        continue
      }
      for index in backbones.indices where embedded[index].contains(digest) {
        backbones[index].summary.reused += 1
      }
      let missing = backbones.indices.filter { !embedded[$0].contains(digest) }
      if !missing.isEmpty { new[missing, default: []].append((digest, item.text)) }
    }
    var next = BatchUnderWay(items: items, reading: reading)
    for (members, contents) in new.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let pending = try pipeline.begin(
        contents.map(\.text), by: members.map { try backbones[$0].open() })
      next.parts.append((members, contents, pending))
    }
    return next
  }

  /// Waits for the batch that is being embedded and commits it.
  private mutating func commitUnderWay(telling progress: (ExtractionProgress) -> Void) throws {
    guard let batch = underWay else { return }
    underWay = nil
    func tell(_ share: Double) {
      let bytes = bytesDone + Int(share * Double(batch.reading.bytes - bytesDone))
      progress(
        ExtractionProgress(
          bytesRead: bytes, totalBytes: batch.reading.total, items: summaries.first?.items ?? 0,
          tokens: summaries.reduce(0) { $0 + $1.tokens }))
    }
    var embeddings = backbones.map { EmbeddingBatch(backbone: $0.record) }
    for (index, part) in batch.parts.enumerated() {
      let found = part.pending.wait { tell((Double(index) + $0) / Double(batch.parts.count)) }
      for (member, found) in zip(part.backbones, found) {
        try backbones[member].add(found, of: part.contents, to: &embeddings[member])
      }
    }
    let revision = try self.revision ?? writer.beginRevision(of: dataset, command: command)
    self.revision = revision
    let written = try writer.write(batch.items, embeddings: embeddings, to: revision)
    count { summary in
      summary.items += batch.items.count
      summary.added += written.added
      summary.changed += written.changed
      summary.replaced += written.replaced
    }
    tell(1)
    bytesDone = batch.reading.bytes
  }

  /// Commits all that was taken and closes the revision, so that readers see it; what was done with each backbone.
  /// `isComplete` is whether all of the input was read.
  mutating func finish(
    _ reading: Reading, isComplete: Bool, telling progress: (ExtractionProgress) -> Void
  ) throws -> [ExtractionSummary] {
    try advance(reading, telling: progress)
    try commitUnderWay(telling: progress)
    // A row that was rejected may be an item's: what is gone is then not known.
    if prunes, isComplete, summaries.allSatisfy({ $0.rejected == 0 }), let revision {
      let removed = try writer.removeUnwrittenItems(in: revision)
      count { $0.removed = removed }
    }
    // Where nothing was taken, what was there, if anything, stands.
    let number = try store.finish(revision, of: dataset, with: writer)
    count { $0.revision = number }
    return summaries
  }
}
