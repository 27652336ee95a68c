internal import LinearAlgebra
internal import Search
internal import Storage
internal import Synchronization

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
    let sample = ApproximateIndex.sample(of: contents.count).map { contents[$0] }
    let measurement = try RecallMeasurement(
      of: quantizer, drawingFrom: store.features(of: sample, by: backbone))
    let gathering = VectorGathering(of: contents, by: backbone)
    let dimension = backbone.dimension
    let (store, index, blocks, parts) = (store, index, blocks, quantizer.parts)
    let pending = Workers(store.threads) { Result { try store.reader() } }.begin(gathering.parts) {
      reader, part in
      Result {
        var findings = measurement.exact.nothing
        let missing = try gathering.readBlocks(part, with: reader.get()) { rows, vectors in
          let block = Matrix(rows: rows.count, columns: dimension, elements: vectors)
          measurement.exact.look(at: 0..<rows.count, of: block, numbered: rows, into: &findings)
        }
        return (findings: findings, missing: missing)
      }
    }
    let exact = try pending.wait(telling: progress).map { try $0.get() }
    try gathering.check(missing: exact.reduce(0) { $0 + $1.missing })
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
      neighbours: measurement.exact.answers(exact.map(\.findings)),
      candidates: measurement.codes.ranked(try candidates.map { try $0.get() }))
  }
}
