public import Datasets
internal import Digests

extension Store {
  /// Reads items into a dataset and embeds the texts that the backbone has not embedded yet: the short form of the same with
  /// several backbones.
  ///
  /// - Returns: What was done.
  @discardableResult
  public func extract(
    _ source: ItemSource, as format: InputFormat? = nil, fields: FieldMapping = FieldMapping(),
    into dataset: String, with backbone: String, isStrict: Bool = false, prunes: Bool = false,
    shard: Shard = .whole,
    command: String = "extract",
    onRejection: (Rejection) -> Void = { _ in }, onProgress: (ExtractionProgress) -> Void = { _ in }
  ) throws -> ExtractionSummary {
    try extract(
      source, as: format, fields: fields, into: dataset, with: [backbone], isStrict: isStrict, prunes: prunes,
      shard: shard,
      command: command, onRejection: onRejection, onProgress: onProgress)[0]
  }

  /// Reads items into a dataset and embeds, by each of several backbones, the texts that it has not embedded yet, whatever
  /// dataset they came with.
  ///
  /// The input is read once, and backbones that differ only in layer, pooling and what follows share one pass through the
  /// network.
  ///
  /// Items are committed in batches: an extraction that is killed and run again goes on behind the last one. What it writes
  /// is one revision, seen by readers when it is complete; where nothing changes there is none. A row that cannot be
  /// an item is rejected, as is one whose text a backbone refuses, and reading goes on behind it.
  ///
  /// - Parameters:
  ///   - source: What is read.
  ///   - format: How it is written; nil goes by the name.
  ///   - fields: Which fields hold text, id and labels.
  ///   - dataset: The dataset that the items go into; made if it is not there.
  ///   - backbones: The names of the backbones that embed the texts.
  ///   - isStrict: Whether to stop at the first rejected row. What was read before it stays.
  ///   - prunes: Whether items that the input has no more are removed from the dataset; earlier revisions keep them. Where a row is
  ///     rejected or the input is empty, nothing is removed.
  ///   - shard: Which of the items are taken. Rows that are rejected are told of by every shard.
  ///   - command: What the dataset's log says made the revision.
  ///   - onRejection: Called with each rejected row.
  ///   - onProgress: Called after each batch, and ten times a second while one is waited for.
  /// - Returns: What was done, backbone by backbone, in the order given.
  /// - Throws: ``FirnError/rejected(_:)`` when strict; the errors of reading, embedding and storing.
  @discardableResult
  public func extract(
    _ source: ItemSource, as format: InputFormat? = nil, fields: FieldMapping = FieldMapping(),
    into dataset: String, with backbones: [String], isStrict: Bool = false, prunes: Bool = false,
    shard: Shard = .whole,
    command: String = "extract",
    onRejection: (Rejection) -> Void = { _ in }, onProgress: (ExtractionProgress) -> Void = { _ in }
  ) throws -> [ExtractionSummary] {
    let clock = ContinuousClock()
    let start = clock.now
    var reader = try ItemReader(source, format: format, fields: fields, identify: Self.id(ofText:))
    let writer = try writer()
    var extraction = try Extraction(
      store: self, writer: writer, backbones: backbones.map(writer.backbone(named:)), dataset: dataset,
      prunes: prunes, command: command)
    while let entry = try reader.next() {
      if case .item(let item, _) = entry, !shard.holds(item.id) { continue }
      if let rejection = try extraction.take(entry) {
        guard !isStrict else {
          _ = try extraction.finish(
            (reader.bytesRead, reader.totalBytes), isComplete: false, telling: onProgress)
          throw FirnError.rejected(rejection)
        }
        onRejection(rejection)
      }
      if extraction.batchIsFull {
        try extraction.advance((reader.bytesRead, reader.totalBytes), telling: onProgress)
      }
    }
    let summaries = try extraction.finish(
      (reader.bytesRead, reader.totalBytes), isComplete: true, telling: onProgress)
    let seconds = (clock.now - start) / .seconds(1)
    return summaries.map { summary in
      var summary = summary
      summary.seconds = seconds
      return summary
    }
  }
}

extension Store {
  /// The id of an item whose row has none: the beginning of its text's digest, so that it stays the same when the row moves.
  public static func id(ofText text: String) -> String {
    "sha256:\(SHA256Digest(of: text).hex.prefix(16))"
  }
}
