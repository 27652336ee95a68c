internal import Datasets
internal import Digests
internal import Storage

/// A running import: rows are committed batch by batch.
struct Importing {
  private let backbone: BackboneRecord
  private let writer: StoreWriter
  private let command: String
  private var kinds: TaskKinds
  private var summary: ImportSummary
  /// Begun with the first batch: an input that gives nothing leaves no trace.
  private var revision: Revision?

  init(
    _ backbone: BackboneRecord, _ writer: StoreWriter, into dataset: String,
    command: String
  ) throws {
    (self.backbone, self.writer, self.command) = (backbone, writer, command)
    kinds = TaskKinds(try writer.taskKinds())
    summary = ImportSummary(dataset: dataset, backbone: backbone.name)
  }

  /// Commits a batch, but for the rows that cannot be taken.
  mutating func write(_ batch: FeatureRows.Batch, onRejection: (Rejection) -> Void) throws {
    let known = try writer.embeddedContents(among: batch.rows.compactMap(\.digest), by: backbone)
    var items: [Item] = []
    var new = EmbeddingBatch(backbone: backbone)
    /// Where in the batch the features of a text that is new stand.
    var places: [SHA256Digest: Int] = [:]

    func features(_ index: Int) -> ArraySlice<Float> {
      batch.features[index * backbone.dimension..<(index + 1) * backbone.dimension]
    }
    /// Why an item is not taken; if it is, new features go into the batch.
    func refusal(of item: Item, _ index: Int, _ digest: SHA256Digest) throws -> String? {
      let own = features(index)
      guard own.allSatisfy(\.isFinite) else { return "its features are not finite" }
      let earlier: ArraySlice<Float>? =
        if let place = places[digest] {
          features(place)
        } else if known.contains(digest) {
          try writer.vector(of: digest, by: backbone)?[...]
        } else {
          nil
        }
      if let earlier {
        guard zip(earlier, own).allSatisfy({ $0.bitPattern == $1.bitPattern }) else {
          return
            "its text has other features under “\(backbone.name)” already; what makes others is another backbone"
        }
      }
      // At last, for it decides the kind of a task that is new.
      if let reason = kinds.contradiction(in: item) { return reason }
      if earlier != nil {
        summary.reused += 1
        return nil
      }
      places[digest] = index
      new.rows.append(EmbeddingBatch.Row(digest: digest, tokens: 0, truncated: false))
      new.vectors += own
      summary.imported += 1
      return nil
    }

    try writer.snapshot {
      for (index, (entry, digest)) in batch.rows.enumerated() {
        var rejection: Rejection?
        switch entry {
        case .rejected(let found): rejection = found
        case .item(let item, let place):
          rejection = try digest.flatMap { try refusal(of: item, index, $0) }
            .map { Rejection(place: place, reason: $0) }
          if rejection == nil { items.append(item) }
        }
        if let rejection {
          summary.rejected += 1
          onRejection(rejection)
        }
      }
    }
    guard !items.isEmpty else { return }
    let revision = try self.revision ?? writer.beginRevision(of: summary.dataset, command: command)
    self.revision = revision
    let counts = try writer.write(items, embeddings: [new], to: revision)
    summary.items += items.count
    summary.added += counts.added
    summary.changed += counts.changed
  }

  /// Closes the revision, so that readers see it.
  mutating func finish(in store: Store) throws -> ImportSummary {
    summary.revision = try store.finish(revision, of: summary.dataset, with: writer)
    return summary
  }
}
