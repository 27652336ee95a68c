internal import Backbones
internal import Datasets
internal import Digests
internal import Storage

/// A running extraction: entries are taken one by one, and committed batch by batch.
struct Extraction {
  private(set) var summary: ExtractionSummary
  private let store: Store
  private let writer: StoreWriter
  private let record: BackboneRecord
  private let command: String
  private let manifest: BackboneManifest
  private var kinds: [String: TaskKind]
  private var batch: [Item] = []
  /// Bytes of the batch's texts: all of them, and those that the backbone can read at the most.
  private var bytes = (held: 0, read: 0)
  /// Opened with the first text that is not embedded yet: where there is none, the model isn't read at all.
  private var backbone: Backbone?
  /// Begun with the first batch: an input that gives nothing leaves no trace.
  private var revision: Revision?

  init(store: Store, writer: StoreWriter, backbone: BackboneRecord, dataset: String, command: String) throws {
    self.store = store
    self.writer = writer
    record = backbone
    self.command = command
    manifest = try backbone.manifest(in: store.path)
    kinds = try writer.taskKinds()
    summary = ExtractionSummary(dataset: dataset, backbone: backbone.name)
  }

  /// Puts an item into the batch; returns why, when it cannot be taken.
  mutating func take(_ entry: Entry) throws -> Rejection? {
    switch entry {
    case .rejected(let rejection):
      summary.rejected += 1
      return rejection
    case .item(let item, let place):
      if let reason = try refusal(of: item) ?? contradiction(in: item) {
        summary.rejected += 1
        return Rejection(place: place, reason: reason)
      }
      batch.append(item)
      let size = item.text.utf8.count
      bytes.held += size
      // A token of a language with long words has some six bytes.
      bytes.read += manifest.options.longTexts == .window ? size : min(size, 6 * manifest.maximumLength)
      return nil
    }
  }

  /// Whether it is time to embed and commit: a second or two of work, and no more text than fits in memory with ease.
  var batchIsFull: Bool {
    batch.count >= 2048 || bytes.read >= 1 << 17 || bytes.held >= 1 << 22
  }

  /// Why the backbone does not take an item's text, if it doesn't.
  private mutating func refusal(of item: Item) throws -> String? {
    guard manifest.options.longTexts == .error else { return nil }
    return try opened().refusal(of: item.text)?.description
  }

  private mutating func opened() throws -> Backbone {
    let backbone = try self.backbone ?? store.open(record)
    self.backbone = backbone
    return backbone
  }

  /// Why an item's labels do not fit their tasks, if they don't; tasks that it is the first to answer take its kind.
  private mutating func contradiction(in item: Item) -> String? {
    for (task, label) in item.labels.sorted(by: { $0.key < $1.key }) {
      guard let label, let kind = kinds[task], kind != label.kind else { continue }
      return
        "its label for the task “\(task)” is \(label.kind.rawValue), but the task is \(kind.rawValue) in this store, "
        + "as its first label was; feed a task of another name"
    }
    kinds.merge(item.labels.compactMapValues { $0?.kind }) { known, _ in known }
    return nil
  }

  /// Embeds what is new in the batch and commits all of it.
  mutating func commit() throws {
    guard !batch.isEmpty else { return }
    let digests = batch.map { SHA256Digest(of: $0.text) }
    let embedded = try writer.embeddedContents(among: digests, by: record)
    var new: [(digest: SHA256Digest, text: String)] = []
    for (item, digest) in zip(batch, digests) {
      if try !writer.isFirst(digest) {
        summary.duplicates += 1
      } else if embedded.contains(digest) {
        summary.reused += 1
      } else {
        new.append((digest, item.text))
      }
    }
    let embeddings = try embed(new)
    let revision = try self.revision ?? writer.beginRevision(of: summary.dataset, command: command)
    self.revision = revision
    let counts = try writer.write(batch, embeddings: embeddings, to: revision)
    summary.items += batch.count
    summary.added += counts.added
    summary.changed += counts.changed
    summary.replaced += counts.replaced
    batch = []
    bytes = (0, 0)
  }

  private mutating func embed(_ new: [(digest: SHA256Digest, text: String)]) throws -> EmbeddingBatch {
    var result = EmbeddingBatch(backbone: record)
    guard !new.isEmpty else { return result }
    result.vectors.reserveCapacity(new.count * record.dimension)
    for ((digest, text), embedding) in zip(new, try opened().embed(new.map(\.text), threads: store.threads)) {
      guard embedding.vector.allSatisfy(\.isFinite) else {
        throw FirnError.vectorNotFinite(backbone: record.name, text: text)
      }
      result.rows.append(
        EmbeddingBatch.Row(digest: digest, tokens: embedding.tokens, truncated: embedding.isTruncated))
      result.vectors += embedding.vector
      summary.tokens += embedding.tokens
      summary.truncated += embedding.isTruncated ? 1 : 0
    }
    summary.extracted += new.count
    return result
  }

  /// Closes the revision, so that readers see it.
  mutating func finish() throws -> ExtractionSummary {
    if let revision {
      summary.revision = try writer.close(revision).number
    } else {
      // Nothing was taken: what was there, if anything, stands.
      let standing = try writer.datasets().first { $0.name.utf8.elementsEqual(summary.dataset.utf8) }
      summary.revision = standing?.revision ?? 0
    }
    return summary
  }
}
