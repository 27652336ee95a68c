internal import Digests
internal import Heads
internal import LinearAlgebra
internal import Storage
internal import Transfer

/// A stitch as it is learnt, and measured on the texts that were held out of it.
struct StitchLearning {
  let specification: TransformSpecification
  let map: FeatureMap
  let metrics: Transform.Metrics
  /// Whether a search among mapped features finds what the new backbone would, and finds more of it than the old one does.
  let verdict: TransferVerdict

  private let old: BackboneRecord
  /// The texts held out, and what the new backbone and the map make of each.
  private let held: [Int64]
  private let truth: Matrix<Float>
  private let mapped: Matrix<Float>

  private static let leastTexts = 10

  init(
    from old: BackboneRecord, to new: BackboneRecord, in dataset: String,
    by method: TransformSpecification.Method, penalty: Double?, holdout: Double, seed: UInt64,
    from reader: StoreReader, in store: Store
  ) throws {
    let threads = store.threads
    try method.check(among: TransformSpecification.Method.stitches, penalty: penalty)
    guard old.fingerprint != new.fingerprint else {
      throw TransferError.setting("the backbone to stitch to", problem: "is the one to stitch from")
    }
    let texts = try DistinctTexts(of: ItemSelection(dataset), from: reader)
    let contents = try texts.items.map(\.content).embedded(by: [old, new], from: reader)
    guard contents.count >= Self.leastTexts else {
      throw FirnError.tooFewInCommon(
        dataset: dataset, texts: contents.count, least: Self.leastTexts, old: old.name, new: new.name)
    }
    let split = try Self.split(contents, holdout: holdout, seed: seed, from: reader)
    let sides = try [old, new].map { try store.features(of: contents, by: $0) }
    let learnt = sides.map { $0.rows(at: split.training) }
    let heldOut = sides.map { $0.rows(at: split.holdout) }
    var chosen = penalty
    let stitching: Stitching
    if method == .ridge {
      let value = try penalty ?? Stitching.usualPenalty(from: learnt[0], to: learnt[1], threads: threads)
      (chosen, stitching) = (value, .ridge(penalty: value))
    } else {
      stitching = .procrustes
    }
    map = try stitching.map(from: learnt[0], to: learnt[1], threads: threads)
    (self.old, held, truth) = (old, split.holdout.map { contents[$0] }, heldOut[1])
    mapped = try map(heldOut[0], threads: threads)

    let rows = TransformSpecification.Rows(dataset: dataset, revision: texts.revision)
    specification = TransformSpecification(
      method: method, source: rows, target: rows, penalty: chosen, holdout: holdout, seed: seed)
    let fidelity = StitchFidelity(of: mapped, to: truth, around: map.shift)
    let recall = try NeighbourRecall(among: truth, threads: threads)
    let (found, foundByOld) = (
      try recall.shares(among: mapped), try recall.shares(of: heldOut[0], among: heldOut[0])
    )
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    metrics = Transform.Metrics(
      learntFrom: split.training.count,
      .init(
        rows: held.count, explained: fidelity.explained, cosine: fidelity.cosine, recall: mean(found),
        oldRecall: mean(foundByOld)))
    verdict = TransferVerdict(
      [
        (.oldBackbone, Advantages(measure: "recall", values: zip(found, foundByOld).map { $0 - $1 })),
        (
          .mean,
          Advantages(
            measure: "squared error", values: zip(fidelity.spreads, fidelity.errors).map { $0 - $1 })
        ),
      ], threads: threads)
  }

  /// What a head of the new features loses through the map.
  ///
  /// - Throws: What ``StitchedHeadGuard`` throws.
  func measure(_ version: HeadVersion, from reader: StoreReader, in store: Store) throws -> StitchedHeadGuard
  {
    try StitchedHeadGuard(
      of: version, in: specification.source.dataset, at: specification.source.revision,
      held: Dictionary(uniqueKeysWithValues: zip(held, held.indices)), own: truth, mapped: mapped, old: old,
      from: reader, in: store)
  }

  /// Which texts to learn from, and which to hold out, by their digests.
  private static func split(
    _ contents: [Int64], holdout: Double, seed: UInt64, from reader: StoreReader
  ) throws -> StratifiedHoldout.Split {
    let keys = try reader.texts(of: contents).map { SHA256Digest(of: $0).bytes }
    let all = ClassLabels([String](repeating: "", count: contents.count))
    let split = try StratifiedHoldout(share: holdout, seed: seed).split(all, keys: keys)
    guard split.holdout.count >= 2, split.training.count >= 2 else {
      throw TransferError.setting(
        "the share held out",
        problem:
          "leaves \(split.holdout.count) of \(contents.count) texts to measure on; at least 2 are needed there, and 2 to learn from"
      )
    }
    return split
  }
}

extension [Int64] {
  /// Those of the contents that each of some backbones has embedded, in their order.
  fileprivate func embedded(by backbones: [BackboneRecord], from reader: StoreReader) throws -> [Int64] {
    try backbones.reduce(self) { contents, backbone in
      let known = try reader.embeddedContents(among: contents, by: backbone)
      return contents.filter(known.contains)
    }
  }
}

extension Transform.Metrics {
  fileprivate init(learntFrom rows: Int, _ stitch: Transform.Fidelity) {
    (sourceRows, targetRows, self.stitch) = (rows, rows, stitch)
    (coral, frechet, effectiveRows) = (nil, nil, nil)
  }
}
