public import LinearAlgebra
internal import Tokenization

/// The vector of a text, and what the backbone read of it.
public struct Embedding: Sendable, Hashable {
  /// One value a dimension.
  public let vector: [Float]
  /// How many tokens were read, special ones included.
  public let tokens: Int
  /// Whether the text was longer than the backbone reads.
  public let isTruncated: Bool
}

extension Backbone {
  /// Embeds texts; the results are in the order of the texts.
  public func embed(_ texts: [String], threads: Threads) -> [Embedding] {
    Self.embed(texts, by: [self], threads: threads)[0]
  }

  /// Embeds texts by several backbones; the results are in the order of the backbones, and of the texts within each.
  ///
  /// Backbones that differ only in layer, pooling and what follows share one pass through the network, up to the deepest layer
  /// that one of them takes. An embedding is the same bits as from its backbone alone.
  public static func embed(_ texts: [String], by backbones: [Backbone], threads: Threads) -> [[Embedding]] {
    var embeddings = [[Embedding]](repeating: [], count: backbones.count)
    for members in Dictionary(grouping: backbones.indices, by: { backbones[$0].trunk }).values {
      let found = embedInOnePass(texts, by: members.map { backbones[$0] }, threads: threads)
      for (index, found) in zip(members, found) { embeddings[index] = found }
    }
    return embeddings
  }

  /// The same for backbones of one trunk.
  private static func embedInOnePass(
    _ texts: [String], by backbones: [Backbone], threads: Threads
  ) -> [[Embedding]] {
    guard let deepest = backbones.max(by: { $0.manifest.layer < $1.manifest.layer }) else { return [] }
    let encodings = deepest.tokenize(texts, threads: threads)
    let plan = PackedBatch.plan(tokenCounts: encodings.map(\.ids.count), budget: batchTokens)
    let encoder = deepest.encoder
    let capacity = max(batchTokens, deepest.manifest.maximumLength)
    let passes = threads.map(
      plan.count, with: { BertWorkspace(encoder.configuration, maximumTokens: capacity) }
    ) { workspace, index in
      var batch = PackedBatch()
      for text in plan[index] { batch.append(encodings[text].ids) }
      var vectors = [[[Float]]](repeating: [], count: backbones.count)
      encoder.encode(batch, in: &workspace) { layer, hidden in
        for (index, backbone) in backbones.enumerated() where backbone.manifest.layer == layer {
          vectors[index] = batch.texts.map { backbone.vector(hidden, rows: $0) }
        }
      }
      return vectors
    }
    return backbones.indices.map { backbone in
      var vectors = [[Float]](repeating: [], count: texts.count)
      for (texts, pass) in zip(plan, passes) {
        for (text, vector) in zip(texts, pass[backbone]) { vectors[text] = vector }
      }
      return zip(encodings, vectors).map {
        Embedding(vector: $1, tokens: $0.ids.count, isTruncated: $0.isTruncated)
      }
    }
  }

  /// Tokens of a batch: enough rows for the products to run at full speed, few enough for the second cache.
  private static let batchTokens = 192

  private func vector(_ hidden: Matrix<Float>, rows: Range<Int>) -> [Float] {
    chain.vector(hidden, rows: rows, promptTokens: promptTokens)
  }

  private func tokenize(_ texts: [String], threads: Threads) -> [Encoding] {
    let blockSize = 64
    let (tokenizer, prompt, maximumLength) = (tokenizer, manifest.prompt, manifest.maximumLength)
    return threads.map((texts.count + blockSize - 1) / blockSize) { block in
      texts[block * blockSize..<min(texts.count, (block + 1) * blockSize)].map {
        tokenizer.encode(prompt + $0, maximumLength: maximumLength)
      }
    }.flatMap { $0 }
  }
}
