public import LinearAlgebra

/// What an ``ApproximateSearch`` of a matrix in memory needs: made once, by all threads, the same on any number of them.
public struct ApproximateIndex: Sendable {
  /// How many vectors' codes stand in one block.
  public static let blockRows = 4096

  /// The quantiser.
  public let quantizer: ProductQuantizer
  /// The codes of all rows, block behind block.
  public let codes: [PackedCodes]
  /// How deep a search goes, by a measurement.
  public let depth: SearchDepth

  /// An index of the rows of `vectors` [N × d]. O(N·d²).
  ///
  /// - Throws: ``SearchError/notFinite(query:)`` for a row of the sample that is not.
  public init(_ vectors: Matrix<Float>, threads: Threads) throws(SearchError) {
    let sample = vectors.rows(at: ProductQuantizer.sample(of: vectors.rows))
    let quantizer = try ProductQuantizer(learningFrom: sample, threads: threads)
    let measurement = try RecallMeasurement(of: quantizer, drawingFrom: sample)
    let codes = threads.mapBlocks(of: vectors.rows, by: Self.blockRows) {
      quantizer.codes(of: $0, of: vectors)
    }
    let blocks = (vectors.rows + Self.blockRows - 1) / Self.blockRows
    let neighbours = threads.fold(blocks: blocks, lanes: threads.count, into: { measurement.exact.nothing }) {
      findings, block in
      // Few enough that they stay in cache while the queries meet them.
      let end = min(vectors.rows, (block + 1) * Self.blockRows)
      for start in stride(from: block * Self.blockRows, to: end, by: 256) {
        let rows = start..<min(end, start + 256)
        measurement.exact.look(at: rows, of: vectors, numbered: Array(rows), into: &findings)
      }
    }
    let candidates = threads.fold(blocks: blocks, lanes: threads.count, into: { measurement.codes.nothing }) {
      findings, block in
      measurement.codes.look(at: codes[block], from: block * Self.blockRows, into: &findings)
    }
    (self.quantizer, self.codes) = (quantizer, codes)
    depth = measurement.depth(
      neighbours: measurement.exact.answers(neighbours), candidates: measurement.codes.ranked(candidates))
  }
}
