internal import Heads
internal import LinearAlgebra
internal import Storage
internal import Transfer

extension Store {
  /// Measures how far apart the items of a source and a target lie. Each text counts once on its side.
  ///
  /// - Parameters:
  ///   - source: What one side is.
  ///   - target: What the other is.
  ///   - name: The backbone whose vectors are compared.
  ///   - head: A head that reads them, whose answers tell the shares of its classes in the target.
  ///   - count: How many texts of either side to show that are least like the other's.
  ///   - seed: What permutations are drawn from.
  /// - Returns: The gap.
  /// - Throws: `StoreError.missingVectors` when items are not embedded; `TransferError` when a side has too few texts, or the head's answers tell no
  ///   shares; ``FirnError/otherBackbone(head:needs:fingerprint:given:)``; ``FirnError/nothingHeldOut(head:target:)``.
  public func gap(
    from source: ItemSelection, to target: ItemSelection, with name: String, head: HeadReference? = nil,
    showing count: Int = 5, seed: UInt64 = 0
  ) throws -> DomainGap {
    let reader = try reader()
    return try reader.snapshot {
      let backbone = try reader.backbone(named: name)
      let sides = try [source, target].map { try GapSide($0, by: backbone, from: reader, in: self) }
      let moments = sides.map { FeatureMoments($0.features, threads: threads) }
      let covariances = try CovarianceGap(moments[0], moments[1])
      let rivalry = try SideProbe(sides, threads: threads)
      return DomainGap(
        backbone: backbone.name,
        source: try sides[0].described(witnesses: rivalry.surest(0, most: count), from: reader),
        target: try sides[1].described(witnesses: rivalry.surest(1, most: count), from: reader),
        discrepancy: try Discrepancy(sides[0].features, sides[1].features, seed: seed, threads: threads),
        proxy: .init(
          error: rivalry.distance.error, distance: rivalry.distance.distance, rows: rivalry.rows),
        coral: covariances.coral, frechet: covariances.frechet,
        labelShift: try head.map { try labelShift(by: $0, in: sides[1], backbone, from: reader) })
    }
  }

  /// What the answers of a head to the rows that it held out, and to the target's, tell of the shares of its classes there.
  private func labelShift(
    by reference: HeadReference, in target: GapSide, _ backbone: BackboneRecord, from reader: StoreReader
  ) throws -> DomainGap.LabelShiftEstimate {
    let version = try reader.version(reference)
    guard version.fingerprint == backbone.fingerprint else {
      throw FirnError.otherBackbone(
        head: version.reference, needs: version.backbone, fingerprint: version.fingerprint,
        given: backbone.name)
    }
    let (head, rows) = (
      try reader.head(of: version), try SplitRows(learningFrom: version, from: reader, in: self)
    )
    let outputs = try head.outputs(of: rows.heldFeatures(), threads: threads)
    let targets = rows.rows.targets.rows(at: rows.split.holdout)
    guard let held = ClassAnswers(of: head.answers, outputs: outputs, targets: targets) else {
      throw HeadError.unsuited(method: version.specification.method, to: head.answers)
    }
    let shift = try held.shift(to: head.outputs(of: target.features, threads: threads).likeliest)
    let (classes, own) = (held.classes, held.shares)
    let shares = classes.indices.map {
      DomainGap.ClassShift(label: classes[$0], sourceShare: own[$0], targetShare: shift.shares[$0])
    }
    return DomainGap.LabelShiftEstimate(
      head: "\(version.reference)", condition: shift.condition,
      classes: shares.sorted {
        abs($0.targetShare - $0.sourceShare) > abs($1.targetShare - $1.sourceShare)
      })
  }
}

/// The texts of one side, each once, with their features.
private struct GapSide {
  let features: Matrix<Float>
  private let texts: DistinctTexts

  init(
    _ selection: ItemSelection, by backbone: BackboneRecord, from reader: StoreReader, in store: Store
  ) throws {
    texts = try DistinctTexts(of: selection, from: reader)
    features = try store.features(of: texts.items.map(\.content), by: backbone)
  }

  /// Rows evenly spread, at the most so many.
  func sample(of most: Int) -> [Int] { (0..<features.rows).spread(most) }

  func described(
    witnesses: [(row: Int, score: Double)], from reader: StoreReader
  ) throws -> DomainGap.Side {
    let chosen = witnesses.map { texts.items[$0.row] }
    let (ids, contents) = (
      try reader.ids(of: chosen.map(\.item)), try reader.texts(of: chosen.map(\.content))
    )
    return DomainGap.Side(
      dataset: texts.dataset, revision: texts.revision, rows: texts.items.count,
      surest: witnesses.indices.map {
        DomainGap.Witness(id: ids[$0], text: contents[$0], score: witnesses[$0].score)
      })
  }
}

/// Ridge regression that tells two sides apart, on as many rows of each.
private struct SideProbe {
  /// How many rows of each side.
  let rows: Int
  let distance: ProxyDistance
  private let samples: [[Int]]
  private let scores: Matrix<Float>

  private static let mostRows = 10_000

  init(_ sides: [GapSide], threads: Threads) throws {
    let rows = min(Self.mostRows, sides.map(\.features.rows).min() ?? 0)
    (self.rows, samples) = (rows, sides.map { $0.sample(of: rows) })
    let chosen = zip(sides, samples).map { $0.features.rows(at: $1) }
    let data = try TrainingData(telling: chosen[0], from: chosen[1])
    let probe = Probe(ridgeOn: data, threads: threads)
    (scores, distance) = (probe.scores, ProxyDistance(error: 1 - probe.mean))
  }

  /// The rows of a side that are surest of it, with what is said of each.
  func surest(_ side: Int, most: Int) -> [(row: Int, score: Double)] {
    samples[side].indices.map { place in
      (row: samples[side][place], score: Double(scores[side * rows + place, side]))
    }.sorted { $0.score > $1.score }.prefix(most).map { $0 }
  }
}
