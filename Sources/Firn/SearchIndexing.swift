internal import Foundation
internal import JSON
internal import LinearAlgebra
internal import Search
internal import Storage

/// The making of an index of nearest neighbours, or its mending after its dataset has changed: only what is new is encoded, and commits are
/// made along the way, from which an interrupted one goes on.
struct SearchIndexing {
  let store: Store
  let writer: StoreWriter
  let dataset: String
  let backbone: BackboneRecord

  /// So many blocks are committed at once.
  private static let blocksInABatch = 8
  /// Of the bar, what encoding takes; the rest is for the measurement.
  private static let encodingShare = 0.5

  /// Brings the index up to the dataset's newest revision. It learns anew where it never has, or the contents are twice as many as then.
  ///
  /// - Parameters:
  ///   - measures: Whether to measure what a search finds, though nothing was learned anew.
  ///   - progress: Told which share is done.
  /// - Returns: The index, complete.
  /// - Throws: `StoreError` when vectors are missing or damaged, or the store cannot be written.
  func run(measures: Bool, telling progress: (Double) -> Void) throws -> SearchIndexRecord {
    let revision = try writer.latestRevision(of: dataset).number
    let wanted = Set(try writer.itemNumbers(of: dataset, at: revision).map(\.content)).sorted()
    var (index, blocks) = try stored() ?? (try begin(with: wanted, at: revision), [])
    if wanted.count >= 2 * max(1, index.trained) {
      (index, blocks) = (try begin(with: wanted, at: revision), [])
    }
    guard let quantizer = index.quantizer(of: backbone) else { throw index.damaged("its quantiser is none") }
    let layout = SearchIndexLayout(of: wanted, held: blocks.flatMap(\.contents))
    if index.isComplete, index.revision == revision, layout.changedBlocks.isEmpty, index.searchDepth != nil {
      return index
    }
    let measures = (measures && !layout.changedBlocks.isEmpty) || index.searchDepth == nil
    (index.revision, index.isComplete) = (revision, false)
    let encoding = SearchIndexEncoding(
      store: store, index: index, backbone: backbone, quantizer: quantizer, layout: layout, held: blocks)
    blocks.removeLast(max(0, blocks.count - layout.blocks))
    for start in stride(from: 0, to: layout.changedBlocks.count, by: Self.blocksInABatch) {
      let numbers = layout.changedBlocks[start..<min(layout.changedBlocks.count, start + Self.blocksInABatch)]
      let batch = try encoding.blocks(Array(numbers))
      for block in batch {
        if block.number < blocks.count { blocks[block.number] = block } else { blocks.append(block) }
      }
      // A small change is one commit: nobody meets the index while it is being mended.
      if numbers.endIndex == layout.changedBlocks.count, !measures {
        return try complete(index, batch, layout)
      }
      index = try writer.write(batch, droppingFrom: .max, of: index)
      progress(Self.encodingShare * Double(numbers.endIndex) / Double(layout.changedBlocks.count))
    }
    if measures {
      let depth = try SearchIndexMeasuring(
        store: store, index: index, backbone: backbone, quantizer: quantizer, blocks: blocks
      )
      .depth { progress(Self.encodingShare + (1 - Self.encodingShare) * $0) }
      index.depth = try depth.canonicalJSON()
    }
    return try complete(index, [], layout)
  }

  private func complete(
    _ index: SearchIndexRecord, _ blocks: [SearchIndexBlock], _ layout: SearchIndexLayout
  ) throws -> SearchIndexRecord {
    var index = index
    (index.isComplete, index.contents) = (true, layout.count)
    return try writer.write(blocks, droppingFrom: layout.blocks, of: index)
  }

  /// What there is; nil where there is none, or it is damaged.
  private func stored() throws -> (SearchIndexRecord, [SearchIndexBlock])? {
    do {
      guard let index = try writer.searchIndex(of: dataset, by: backbone),
        let quantizer = index.quantizer(of: backbone)
      else { return nil }
      let blocks = try writer.searchBlocks(of: index).numbers.map { try writer.searchBlock($0, of: index) }
      // All blocks but the last are full; what was interrupted may have left it otherwise.
      let isWhole = blocks.enumerated().allSatisfy { number, block in
        block.number == number
          && block.codes.count == PackedCodes.size(of: block.contents.count, parts: quantizer.parts)
          && (number == blocks.count - 1 || block.contents.count == SearchIndexBlock.size)
      }
      return isWhole ? (index, blocks) : nil
    } catch StoreError.damagedIndex {
      return nil
    }
  }

  /// A new index, whose quantiser learns from some of the contents.
  private func begin(with contents: [Int64], at revision: Int) throws -> SearchIndexRecord {
    let sample = ProductQuantizer.sample(of: contents.count).map { contents[$0] }
    let quantizer = try ProductQuantizer(
      learningFrom: store.features(of: sample, by: backbone), threads: store.threads)
    return try writer.beginSearchIndex(
      of: dataset, by: backbone, at: revision, trained: contents.count, depth: "null",
      quantizer: quantizer.bytes)
  }
}
