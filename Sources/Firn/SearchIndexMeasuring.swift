internal import LinearAlgebra
internal import Search
internal import Storage

/// The measurement of what an index finds: all vectors are read once, and forgotten block by block.
struct SearchIndexMeasuring {
  let store: Store
  let index: SearchIndexRecord
  let backbone: BackboneRecord
  let quantizer: ProductQuantizer
  let blocks: [SearchIndexBlock]

  /// How deep a search goes, to reach the goal.
  func depth(telling progress: (Double) -> Void) throws -> SearchDepth {
    let contents = blocks.flatMap(\.contents)
    let sample = ProductQuantizer.sample(of: contents.count).map { contents[$0] }
    let measurement = try RecallMeasurement(
      of: quantizer, drawingFrom: store.features(of: sample, by: backbone))
    let exact = try store.findings(
      of: measurement.exact, over: contents, by: backbone, telling: progress)
    let (index, blocks, parts) = (index, blocks, quantizer.parts)
    let candidates = store.threads.fold(
      blocks: blocks.count, lanes: store.threads.count, into: { Result { measurement.codes.nothing } }
    ) { findings, number in
      findings = Result {
        var found = try findings.get()
        measurement.codes.look(
          at: try index.packed(blocks[number], parts: parts), from: number * SearchIndexBlock.size,
          into: &found)
        return found
      }
    }
    return measurement.depth(
      neighbours: measurement.exact.answers(exact),
      candidates: measurement.codes.ranked(try candidates.map { try $0.get() }))
  }
}
