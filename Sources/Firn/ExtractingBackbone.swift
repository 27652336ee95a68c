internal import Backbones
internal import Digests
internal import Storage

/// One of the backbones of a running extraction, and what it has done.
struct ExtractingBackbone {
  let record: BackboneRecord
  var summary: ExtractionSummary
  private let manifest: BackboneManifest
  private let store: Store
  /// Opened with the first text that it has to read: where there is none, the model isn't read at all.
  private var opened: Backbone?

  init(_ record: BackboneRecord, of store: Store, dataset: String) throws {
    (self.record, self.store) = (record, store)
    manifest = try record.manifest(in: store.path)
    summary = ExtractionSummary(dataset: dataset, backbone: record.name)
  }

  /// How many bytes of a text of `size` bytes are read at the most.
  func bytesRead(of size: Int) -> Int {
    // A token of a language with long words has some six bytes.
    manifest.options.longTexts == .window ? size : min(size, 6 * manifest.maximumLength)
  }

  /// Why the backbone does not take a text, if it doesn't.
  mutating func refusal(of text: String) throws -> String? {
    guard manifest.options.longTexts == .error else { return nil }
    return try open().refusal(of: text).map { "\($0) (backbone “\(record.name)”)" }
  }

  /// The backbone itself.
  mutating func open() throws -> Backbone {
    let backbone = try opened ?? store.open(record)
    opened = backbone
    return backbone
  }

  /// Counts the embeddings of `contents`, and puts them into the batch that is stored next.
  mutating func add(
    _ embeddings: [Embedding], of contents: [Extraction.Content],
    to batch: inout EmbeddingBatch
  ) throws {
    batch.vectors.reserveCapacity(batch.vectors.count + contents.count * record.dimension)
    for ((digest, text), embedding) in zip(contents, embeddings) {
      guard embedding.vector.allSatisfy(\.isFinite) else {
        throw FirnError.vectorNotFinite(backbone: record.name, text: text)
      }
      batch.rows.append(
        EmbeddingBatch.Row(digest: digest, tokens: embedding.tokens, truncated: embedding.isTruncated))
      batch.vectors += embedding.vector
      summary.tokens += embedding.tokens
      summary.truncated += embedding.isTruncated ? 1 : 0
    }
    summary.extracted += contents.count
  }
}
