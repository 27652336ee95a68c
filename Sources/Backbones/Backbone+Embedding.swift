public import LinearAlgebra

/// The vector of a text, and what the backbone read of it.
public struct Embedding: Sendable, Hashable {
  /// One value a dimension.
  public let vector: [Float]
  /// How many tokens were read, special ones included; those that two windows have in common were read twice.
  public let tokens: Int
  /// Whether the text was longer than what was read of it.
  public let isTruncated: Bool
}

extension Backbone {
  /// Embeds texts; the results are in the order of the texts.
  ///
  /// - Throws: ``LongTextError`` where the backbone refuses one of the texts, as ``refusal(of:)`` tells beforehand.
  public func embed(_ texts: [String], threads: Threads) throws(LongTextError) -> [Embedding] {
    try Self.embed(texts, by: [self], threads: threads)[0]
  }

  /// Why the backbone does not take a text, if it does not.
  public func refusal(of text: String) -> LongTextError? {
    reader.refusal(of: text)
  }

  /// Embeds texts by several backbones; the results are in the order of the backbones, and of the texts within each.
  ///
  /// Backbones that differ only in layer, pooling and what follows share one pass through the network, up to the deepest layer
  /// that one of them takes. An embedding is the same bits as from its backbone alone.
  ///
  /// - Throws: ``LongTextError`` where one of the backbones refuses one of the texts.
  public static func embed(
    _ texts: [String], by backbones: [Backbone], threads: Threads
  ) throws(LongTextError) -> [[Embedding]] {
    var embeddings = [[Embedding]](repeating: [], count: backbones.count)
    for members in Dictionary(grouping: backbones.indices, by: { backbones[$0].trunk }).values {
      let found = try embedInOnePass(texts, by: members.map { backbones[$0] }, threads: threads)
      for (index, found) in zip(members, found) { embeddings[index] = found }
    }
    return embeddings
  }

  /// The same for backbones of one trunk.
  private static func embedInOnePass(
    _ texts: [String], by backbones: [Backbone], threads: Threads
  ) throws(LongTextError) -> [[Embedding]] {
    guard let deepest = backbones.max(by: { $0.manifest.layer < $1.manifest.layer }) else { return [] }
    let (reader, encoder) = (deepest.reader, deepest.encoder)
    let readings = try reader.read(texts, threads: threads)
    let windows = readings.flatMap(\.windows)
    let plan = PackedBatch.plan(tokenCounts: windows.map(\.count), budget: batchTokens)
    let capacity = max(batchTokens, deepest.manifest.maximumLength)
    let passes = threads.map(
      plan.count, with: { BertWorkspace(encoder.configuration, maximumTokens: capacity) }
    ) { workspace, index in
      var batch = PackedBatch()
      for window in plan[index] { batch.append(windows[window]) }
      var vectors = [[[Float]]](repeating: [], count: backbones.count)
      encoder.encode(batch, in: &workspace) { layer, hidden in
        for (index, backbone) in backbones.enumerated() where backbone.manifest.layer == layer {
          vectors[index] = batch.texts.map { backbone.vector(hidden, rows: $0) }
        }
      }
      return vectors
    }
    return backbones.indices.map { index in
      var vectors = [[Float]](repeating: [], count: windows.count)
      for (windows, pass) in zip(plan, passes) {
        for (window, vector) in zip(windows, pass[index]) { vectors[window] = vector }
      }
      return backbones[index].embeddings(of: readings, from: vectors)
    }
  }

  /// Puts the vectors of all texts' windows together, text by text.
  private func embeddings(of readings: [TextReader.Reading], from vectors: [[Float]]) -> [Embedding] {
    var rest = vectors[...]
    return readings.map { reading in
      let own = Array(rest.prefix(reading.windows.count))
      rest = rest.dropFirst(own.count)
      return Embedding(
        vector: chain.mean(of: own, weights: reading.windows.map(reader.weight)),
        tokens: reading.windows.reduce(0) { $0 + $1.count }, isTruncated: reading.isTruncated)
    }
  }

  /// Tokens of a batch: enough rows for the products to run at full speed, few enough for the second cache.
  private static let batchTokens = 192

  private func vector(_ hidden: Matrix<Float>, rows: Range<Int>) -> [Float] {
    chain.vector(hidden, rows: rows, promptTokens: promptTokens)
  }
}
