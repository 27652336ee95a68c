internal import Digests
public import LinearAlgebra

/// Embeds blocks of texts one behind the other on workers of its own. While one block is embedded, the caller can prepare the
/// next and store the last; the workers go from block to block without a pause.
public struct EmbeddingPipeline: Sendable {
  private let workers: Workers<Workspaces>

  /// A pipeline with a worker for each of `threads`.
  public init(threads: Threads) {
    workers = Workers(threads, with: { Workspaces() })
  }

  /// Begins to embed texts by each of several backbones, behind the blocks begun before.
  ///
  /// Backbones that differ only in layer, pooling and what follows share one pass through the network, up to the deepest layer
  /// that one of them takes. An embedding is the same bits as from its backbone alone.
  ///
  /// - Throws: ``LongTextError`` where one of the backbones refuses one of the texts; nothing is begun then.
  public func begin(
    _ texts: [String], by backbones: [Backbone]
  ) throws(LongTextError) -> PendingEmbeddings {
    // In the order of the backbones, which decides whose refusal is told.
    let trunks = Dictionary(grouping: backbones.indices, by: { backbones[$0].trunk }).values
      .sorted { $0[0] < $1[0] }
    let blocks = try trunks.map { (members) throws(LongTextError) in
      (members, try EmbeddingBlock(texts, by: members.map { backbones[$0] }))
    }
    return PendingEmbeddings(
      parts: blocks.map { members, block in (members, block, block.begin(on: workers)) },
      backbones: backbones.count)
  }
}

/// Embeddings that are being made.
public struct PendingEmbeddings: Sendable {
  /// Which of the backbones a block embeds for, the block, and what comes of it.
  fileprivate let parts:
    [(members: [Int], block: EmbeddingBlock, passes: PendingResults<EmbeddingBlock.Pass>)]
  fileprivate let backbones: Int

  /// The embeddings, when all are there: in the order of the backbones, and of the texts within each. Until then `progress` is
  /// told about which share is.
  public func wait(telling progress: (Double) -> Void = { _ in }) -> [[Embedding]] {
    var embeddings = [[Embedding]](repeating: [], count: backbones)
    for (index, part) in parts.enumerated() {
      let passes = part.passes.wait { progress((Double(index) + $0) / Double(parts.count)) }
      for (member, found) in zip(part.members, part.block.embeddings(from: passes)) {
        embeddings[member] = found
      }
    }
    return embeddings
  }
}

/// Texts on their way through one trunk: tokenised, and planned into batches.
struct EmbeddingBlock: Sendable {
  /// What one batch gives: for each backbone, the vector of each of the batch's windows.
  typealias Pass = [[[Float]]]

  private let backbones: [Backbone]
  private let deepest: Backbone
  private let readings: [TextReader.Reading]
  private let windows: [[Int32]]
  /// The windows of each batch.
  private let plan: [[Int]]

  /// Tokens of a batch: enough rows for the products to run at full speed, few enough for the second cache.
  private static let batchTokens = 192

  /// Reads `texts` for backbones that have one trunk in common.
  init(_ texts: [String], by backbones: [Backbone]) throws(LongTextError) {
    self.backbones = backbones
    deepest = backbones.reduce(backbones[0]) { $1.manifest.layer > $0.manifest.layer ? $1 : $0 }
    readings = try deepest.reader.read(texts)
    windows = readings.flatMap(\.windows)
    plan = PackedBatch.plan(tokenCounts: windows.map(\.count), budget: Self.batchTokens)
  }

  func begin(on workers: Workers<Workspaces>) -> PendingResults<Pass> {
    workers.begin(plan.count) { workspaces, index in
      var batch = PackedBatch()
      for window in plan[index] { batch.append(windows[window]) }
      var vectors = Pass(repeating: [], count: backbones.count)
      workspaces.use(for: deepest, maximumTokens: max(Self.batchTokens, deepest.manifest.maximumLength)) {
        deepest.encoder.encode(batch, in: &$0) { layer, hidden in
          for (index, backbone) in backbones.enumerated() where backbone.manifest.layer == layer {
            vectors[index] = batch.texts.map {
              backbone.chain.vector(hidden, rows: $0, promptTokens: backbone.promptTokens)
            }
          }
        }
      }
      return vectors
    }
  }

  /// The embeddings of each backbone, in the order of the texts.
  func embeddings(from passes: [Pass]) -> [[Embedding]] {
    backbones.indices.map { index in
      var vectors = [[Float]](repeating: [], count: windows.count)
      for (batch, pass) in zip(plan, passes) {
        for (window, vector) in zip(batch, pass[index]) { vectors[window] = vector }
      }
      return backbones[index].embeddings(of: readings, from: vectors)
    }
  }
}

/// What a worker keeps from batch to batch: a workspace for each trunk that it has worked for.
struct Workspaces {
  private var byTrunk: [SHA256Digest: BertWorkspace] = [:]

  mutating func use(for backbone: Backbone, maximumTokens: Int, _ body: (inout BertWorkspace) -> Void) {
    body(
      &byTrunk[
        backbone.trunk, default: BertWorkspace(backbone.encoder.configuration, maximumTokens: maximumTokens)])
  }
}
