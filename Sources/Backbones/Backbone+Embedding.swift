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
    // More workers than texts would have nothing to do, unless a text is read in windows.
    let workers = manifest.options.longTexts == .window ? threads.count : min(threads.count, texts.count)
    return try EmbeddingPipeline(threads: Threads(workers)).begin(texts, by: [self]).wait()[0]
  }

  /// Why the backbone does not take a text, if it does not.
  public func refusal(of text: String) -> LongTextError? {
    reader.refusal(of: text)
  }

  /// Puts the vectors of all texts' windows together, text by text.
  func embeddings(of readings: [TextReader.Reading], from vectors: [[Float]]) -> [Embedding] {
    var rest = vectors[...]
    return readings.map { reading in
      let own = Array(rest.prefix(reading.windows.count))
      rest = rest.dropFirst(own.count)
      return Embedding(
        vector: chain.mean(of: own, weights: reading.windows.map(reader.weight)),
        tokens: reading.windows.reduce(0) { $0 + $1.count }, isTruncated: reading.isTruncated)
    }
  }
}
